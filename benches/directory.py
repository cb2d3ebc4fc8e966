#!/usr/bin/env python3
"""Writes what large sources say, invented: the accounts of a directory (LDIF), machines (CSV), issues
(Jira's JSON). The same number gives the same files.

    python3 benches/directory.py /tmp/large 100000
    carnet import ldif /tmp/large/accounts.ldif --root /tmp/large/project --dry-run
    carnet import csv /tmp/large/machines.csv --root /tmp/large/project --dry-run
    carnet import jira /tmp/large/issues.json --root /tmp/large/project --dry-run
    carnet import ldif /tmp/large/groups.ldif --root /tmp/large/project --dry-run   # 48 MiB of `member`
"""

import json
import random
import sys
from pathlib import Path

FIRST = ["Anaïs", "Bruno", "Chloé", "Denis", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès", "Jules"]
LAST = ["Abeille", "Bruyère", "Chênaie", "Duvallon", "Étang", "Fougère", "Genêt", "Hêtraie", "Ibis", "Jonquille"]
PEOPLE = "OU=P,DC=exemple,DC=example"


def account(rng, number):
    given, family = rng.choice(FIRST), f"{rng.choice(LAST)}-{number}"
    login = f"agent{number:06}"
    lines = ["objectClass: user", f"cn: {given} {family}",
             f"givenName: {given}", f"sn: {family}", f"sAMAccountName: {login}",
             f"userPrincipalName: {login}@exemple.example", f"mail: {login}@exemple.example",
             f"department: Service {number % 40}", f"userAccountControl: {514 if number % 17 == 0 else 512}",
             "whenCreated: 20240105080000.0Z",
             f"manager: CN=Agent 000000,{PEOPLE}"]
    lines += [f"memberOf: CN=Groupe {(number * 7 + at) % 300},OU=G,DC=exemple,DC=example" for at in range(2)]
    return f"dn: CN=Agent {number:06},{PEOPLE}\n" + "\n".join(lines) + "\n\n"


def issue(rng, number):
    return {"id": str(number), "key": f"SUP-{number}", "fields": {
        "summary": f"Demande {number} au sujet de {rng.choice(LAST)}",
        "description": "Bonjour,\n\n*rien* ne va plus depuis ce matin.\n# un\n# deux\n" * 3,
        "created": f"2026-0{number % 9 + 1}-11T08:{number % 60:02}:00.000+0200",
        "updated": "2026-11-20T09:00:00.000+0100", "status": {"name": "Done" if number % 5 else "To Do"},
        "priority": {"name": "Medium"}, "issuetype": {"name": "Task"},
        "reporter": {"displayName": f"{rng.choice(FIRST)} {rng.choice(LAST)}", "name": f"agent{number % 900:06}"},
        "assignee": {"displayName": "Élodie Genêt", "name": "genet"},
        "comment": {"comments": [{"author": {"displayName": "Élodie Genêt"}, "body": f"Vu, {at} fois.",
                                  "created": f"2026-11-1{at}T08:00:00.000+0100"} for at in range(3)]}}}


def main():
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    project = root / "project"
    project.mkdir(parents=True, exist_ok=True)
    (project / "carnet.yaml").write_text("""title: Grands imports
language: fr
as_of: 2026-11-20
import:
  csv:
    kind: asset
    columns: {Nom: name, Type: type, Numéro de série: serial, Fabricant: manufacturer, Modèle: model,
              Utilisateur: user, Date d’achat: purchased}
""", encoding="utf-8")
    rng = random.Random(20261120)
    with (root / "accounts.ldif").open("w", encoding="utf-8") as out:
        out.writelines(account(rng, number) for number in range(count))
    with (root / "machines.csv").open("w", encoding="utf-8") as out:
        out.write("Nom;Type;Numéro de série;Fabricant;Modèle;Utilisateur;Date d’achat\n")
        out.writelines(f"PC-{number:06};Portable;SN{number:08};Nordlys;Nomade {number % 9};{rng.choice(FIRST)} "
                       f"{rng.choice(LAST)};{number % 28 + 1:02}/03/2025\n" for number in range(count))
    issues = [issue(rng, number) for number in range(1, count // 5 + 1)]
    (root / "issues.json").write_text(json.dumps({"issues": issues}, ensure_ascii=False), encoding="utf-8")
    with (root / "groups.ldif").open("w", encoding="utf-8") as out:
        left, number = 48 << 20, 0
        while left > 400_000:
            lines = [f"dn: CN=Groupe {number},OU=G,DC=exemple,DC=example\nobjectClass: group\ncn: Groupe {number}\n"]
            lines += [f"member: CN=A{at},DC=x\n" for at in range(15_000)]
            left -= out.write("".join(lines) + "\n")
            number += 1


main()
