#!/usr/bin/env python3
"""Writes an invented estate of about 100,000 records of every kind, tied together as a real one is:
people have accounts and machines, machines have software, models, racks of servers and back-ups, tickets
have timelines. The same number gives the same files.

    python3 benches/estate.py /tmp/large 100000
    carnet build --root /tmp/large --out /tmp/large-site --no-history --timings
"""

import random
import sys
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 11, 20)
PER_FILE = 500


def day(rng, oldest, newest=0):
    return AS_OF - timedelta(days=rng.randint(newest, oldest))


def write(root, folder, records):
    """One record a mapping of keys to texts already in YAML; a file takes PER_FILE of them."""
    target = root / "inventory" / folder
    target.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(records), PER_FILE):
        lines = []
        for record in records[start:start + PER_FILE]:
            first = "- "
            for key, value in record.items():
                if value is not None:
                    lines.append(f"{first}{key}: {value}")
                    first = "  "
        (target / f"{folder}-{start // PER_FILE:04}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(records)


def places(rng, size):
    organisations = [{"id": f"org-{n}", "name": f"Organisation {n}"} for n in range(max(2, size // 5000))]
    sites = [{"id": f"site-{n}", "name": f"Site {n}", "type": "site", "organisation": f"org-{n % len(organisations)}",
              "city": rng.choice(["Lyon", "Grenoble", "Annecy"])} for n in range(max(4, size // 500))]
    groups = [{"id": f"gg-{n}", "name": f"Groupe {n}", "type": "security",
               "organisation": f"org-{n % len(organisations)}",
               "parent": f"gg-{n // 10}" if n >= 10 else None} for n in range(max(10, size // 200))]
    return organisations, sites, groups


def people(rng, count, sites, groups):
    out, accounts = [], []
    for n in range(count):
        site = sites[n % len(sites)]
        left = day(rng, 400) if n % 25 == 0 else None
        out.append({"id": f"p-{n}", "name": f"Prénom{n} Nom{n % 997}", "first_name": f"Prénom{n}",
                    "last_name": f"Nom{n % 997}", "email": f"p{n}@exemple.example", "organisation": site["organisation"],
                    "site": site["id"], "groups": f"[gg-{n % len(groups)}]", "arrived": day(rng, 4000, 500),
                    "left": left})
        accounts.append({"id": f"cpt-{n}", "login": f"u.nom{n}", "type": "user", "directory": "ad",
                         "person": f"p-{n}", "organisation": site["organisation"],
                         "enabled": "true" if left is None or n % 50 == 0 else "false", "created": day(rng, 4000, 500),
                         "last_logon": day(rng, 200), "mfa": rng.choice(["app", "sms", "none"]),
                         "password_last_set": day(rng, 700), "groups": f"[gg-{n % len(groups)}, gg-{n * 7 % len(groups)}]"})
    return out, accounts


def catalogue(rng, size):
    suppliers = [{"id": f"four-{n}", "name": f"Fournisseur {n}"} for n in range(max(5, size // 1000))]
    models = [{"id": f"mod-{n}", "name": f"Modèle {n}", "manufacturer": f"Fabricant {n % 12}"}
              for n in range(max(10, size // 500))]
    software = [{"id": f"log-{n}", "name": f"Logiciel {n}", "publisher": f"Éditeur {n % 40}",
                 "inventory_names": f"[Logiciel {n}, Logiciel {n} *]", "licence_required": "true" if n % 30 == 0 else None}
                for n in range(max(10, size // 300))]
    contracts = [{"id": f"ctr-{n}", "name": f"Contrat {n}", "supplier": f"four-{n % len(suppliers)}",
                  "starts": day(rng, 900, 400), "ends": AS_OF + timedelta(days=rng.randint(-30, 900)),
                  "cost": f"{rng.randint(10, 900)}.50", "cost_period": "monthly"} for n in range(max(5, size // 500))]
    return suppliers, models, software, contracts


def assets(rng, count, sites, persons, models, software, contracts):
    out = []
    kinds = ["laptop"] * 5 + ["desktop"] * 4 + ["monitor"] * 6 + ["phone"] * 2 + ["printer", "server", "virtual-machine", "switch"]
    names = ["Windows 11 Professionnel", "Windows 10 Professionnel", "Debian 12", "Windows Server 2019"]
    for n in range(count):
        kind = kinds[n % len(kinds)]
        place = n % len(sites)
        site = sites[place]
        computer = kind in ("laptop", "desktop", "server", "virtual-machine")
        bought = day(rng, 2500, 10)
        programs = ", ".join(
            f"{{name: Logiciel {rng.randrange(len(software))}, publisher: Éditeur {n % 40}, version: 1.{rng.randrange(9)}}}"
            for _ in range(12)) if computer else None
        out.append({
            "id": f"eq-{n}", "name": f"Équipement {n}", "type": kind,
            "status": "retired" if n % 40 == 0 else "in-stock" if n % 17 == 0 else "in-service",
            "inventory_number": f"INV-{n:06}", "serial": f"SN{n * 7919 % 10**9:09}",
            "manufacturer": f"Fabricant {n % 12}", "model": f"mod-{n % len(models)}",
            "organisation": site["organisation"], "site": site["id"], "room": f"B{n % 30}",
            "user": f"p-{n % persons}" if kind in ("laptop", "desktop", "phone") and n % 40 and n % 17 else None,
            "os": rng.choice(names) if computer else None,
            "disk_encryption": rng.choice(["bitlocker", "none"]) if kind == "laptop" else None,
            "installed_software": f"[{programs}]" if programs else None,
            "hostname": f"H-{n}" if kind != "monitor" else None,
            "ip": f"[10.{place % 250}.{(place // 250) * 8 + n // len(sites) // 200}.{n // len(sites) % 200 + 10}]" if kind != "monitor" else None,
            "mac": f"[02:00:{n >> 24 & 255:02X}:{n >> 16 & 255:02X}:{n >> 8 & 255:02X}:{n & 255:02X}]" if kind != "monitor" else None,
            "depends_on": f"[eq-{n - n % 21 + 20}]" if kind in ("server", "virtual-machine") and n - n % 21 + 20 < count else None,
            "contracts": f"[ctr-{n % len(contracts)}]" if kind == "server" else None,
            "price": f"{rng.randint(80, 3000)}.90", "purchased": bought, "in_service": bought,
            "warranty_end": bought + timedelta(days=1095), "retired": day(rng, 9) if n % 40 == 0 else None,
            "data_erased": day(rng, 9) if n % 40 == 0 else None, "last_seen": day(rng, 60)})
    return out


def control(rng, size, sites, persons, groups, stock, software, suppliers):
    servers = [asset["id"] for asset in stock if asset["type"] in ("server", "virtual-machine")]
    backups = [{"id": f"sauv-{n}", "name": f"Sauvegarde {n}", "status": "active", "targets": f"[{server}]",
                "tool": "Outil", "media": "disk", "max_age": "28 h", "offsite": "true" if n % 2 else "false",
                "last_success": f"{day(rng, 3)} 22:00", "last_result": "success", "last_restore_test": day(rng, 400)}
               for n, server in enumerate(servers[:len(servers) * 4 // 5])]
    services = [{"id": f"serv-{n}", "name": f"Service {n}", "type": "infrastructure", "status": "operational",
                 "depends_on": f"[{servers[n * 3 % len(servers)]}, {servers[n * 5 % len(servers)]}]",
                 "user_groups": f"[gg-{n % len(groups)}]"} for n in range(size // 500)]
    licences = [{"id": f"lic-{n}", "name": f"Licence {n}", "software": f"log-{n * 30 % len(software)}",
                 "model": "subscription", "seats": rng.randint(5, 500), "supplier": f"four-{n % len(suppliers)}",
                 "assignments": "[" + ", ".join(f"{{to: p-{(n * 31 + k) % persons}}}" for k in range(8)) + "]",
                 "starts": day(rng, 300, 10), "expires": AS_OF + timedelta(days=rng.randint(1, 400)),
                 "cost": f"{rng.randint(1, 400)}.10", "cost_period": "monthly"} for n in range(size // 400)]
    rights = [{"id": f"droit-{n}", "name": f"Droit {n}", "subject": f"gg-{n % len(groups)}", "resource": f"Partage {n % 300}",
               "level": rng.choice(["read", "write", "admin"]), "status": "active", "reviewed": day(rng, 500)}
              for n in range(size // 100)]
    purchases = [{"id": f"ach-{n}", "name": f"Achat {n}", "status": "invoiced", "supplier": f"four-{n % len(suppliers)}",
                  "ordered": day(rng, 700, 40), "delivered": day(rng, 39), "total": f"{rng.randint(100, 9000)}.20",
                  "budget": f"bud-{n % 20}", "organisation": f"{sites[n % len(sites)]['organisation']}"}
                 for n in range(size // 100)]
    budgets = [{"id": f"bud-{n}", "name": f"Budget {n}", "year": 2026, "amount": "900000.00", "starts": "2026-01-01",
                "ends": "2026-12-31"} for n in range(20)]
    return backups, services, licences, rights, purchases, budgets


def tickets(rng, count, persons, stock):
    out = []
    for n in range(count):
        opened = day(rng, 300, 5)
        out.append({"id": f"inc-{n}", "title": f"Panne {n}", "type": "incident", "status": "closed",
                    "opened": f"{opened} 09:{n % 60:02}", "requester": f"p-{n % persons}", "urgency": "medium",
                    "impact": "low", "assets": f"[{stock[n % len(stock)]['id']}]",
                    "timeline": f"[{{at: {opened} 09:{n % 60:02}, event: opened}}, {{at: {opened} 10:10, event: taken}}, "
                                f"{{at: {opened} 15:10, event: resolved}}, {{at: {opened} 17:10, event: closed}}]"})
    return out


def project(root, size, ticket_count=None):
    """Writes the estate and its settings into a folder; returns the number of records."""
    rng = random.Random(20261120)
    organisations, sites, groups = places(rng, size)
    persons = size * 17 // 100
    staff, accounts = people(rng, persons, sites, groups)
    suppliers, models, software, contracts = catalogue(rng, size)
    stock = assets(rng, size * 58 // 100, sites, persons, models, software, contracts)
    backups, services, licences, rights, purchases, budgets = control(
        rng, size, sites, persons, groups, stock, software, suppliers)
    asked = tickets(rng, size // 50 if ticket_count is None else ticket_count, persons, stock)
    folders = {"organisations": organisations, "sites": sites, "groups": groups, "people": staff, "accounts": accounts,
               "suppliers": suppliers, "models": models, "software": software, "contracts": contracts, "assets": stock,
               "backups": backups, "services": services, "licences": licences, "access-rights": rights,
               "purchases": purchases, "budgets": budgets, "tickets": asked}
    root.mkdir(parents=True, exist_ok=True)
    (root / "carnet.yaml").write_text("title: Grand parc\nlanguage: fr\nas_of: 2026-11-20\n", encoding="utf-8")
    return sum(write(root, folder, records) for folder, records in folders.items())


if __name__ == "__main__":
    print(project(Path(sys.argv[1]), int(sys.argv[2])), "records")
