#!/usr/bin/env python3
"""Writes invented inventories of GLPI agents, about 250 KB each, as agents send them to a server: the
sections and keys of a real laptop's, with its programs, environment and processes. The same number gives
the same files.

    python3 benches/agents.py /tmp/agents 5000
    carnet import glpi /tmp/agents/inbox --root /tmp/agents/project
    carnet import glpi /tmp/agents/inbox --root /tmp/agents/project   # writes nothing
"""

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 11, 20)
# Programs of all machines together, and of one.
CATALOGUE, INSTALLED = 4_000, (880, 940)
MAKERS = ["Exalto", "Nordlys", "Quartzo", "Belvéder"]
WORDS = ["Atelier", "Pilote", "Lecteur", "Visionneuse", "Module", "Bibliothèque", "Gestion", "Console", "Agenda",
         "Extension", "Assistant", "Connecteur"]
THINGS = ["de plans", "audio", "d’impression", "de paie", "réseau", "de documents", "de sauvegarde", "du courrier",
          "de mesure", "de cartes", "de contrats", "graphique"]
COMMANDS = ["svchost.exe -k netsvcs -p", "agent-essai.exe --service --journal C:\\ProgramData\\Essai\\agent.log",
            "navigateur.exe --type=renderer --lang=fr --device-scale-factor=1 --num-raster-threads=4 --client-id=7",
            "conhost.exe 0x4", "editrix.exe /minimise", "sentivo.exe --resident --niveau=normal"]


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def day(rng, oldest):
    return str(AS_OF - timedelta(days=rng.randint(1, oldest)))


def hexadecimal(rng, digits):
    return f"{rng.getrandbits(4 * digits):0{digits}x}"


def uuid(rng):
    return "-".join(hexadecimal(rng, digits) for digits in (8, 4, 4, 4, 12))


def catalogue(rng):
    """All programs as JSON, each in the few versions that an estate has of it; updates among them."""
    programs = []
    for n in range(CATALOGUE):
        name, maker = f"{rng.choice(WORDS)} {rng.choice(THINGS)} {n}", f"Éditions {rng.choice(MAKERS)} {n % 90}"
        is_update = n % 40 == 0
        versions = [f"{rng.randint(1, 24)}.{rng.randint(0, 9)}.{rng.randint(0, 9999)}" for _ in range(3)]
        programs.append([compact({
            "arch": rng.choice(["x86_64", "i586"]), "from": "registry", "guid": "{" + uuid(rng).upper() + "}",
            "install_date": day(rng, 1500), "name": f"KB{5000000 + n}" if is_update else name, "publisher": maker,
            "system_category": "hotfix" if is_update else "application", "version": version}) for version in versions])
    return programs


def hardware(rng, number):
    maker, name = MAKERS[number % len(MAKERS)], f"PC-{number:05}"
    desktop = number % 3 == 0
    return {
        "accesslog": {"logdate": "2026-11-20 08:12:01"},
        "bios": {"assettag": f"INV-{number:05}", "bdate": day(rng, 1500), "bmanufacturer": maker,
                 "bversion": f"1.{rng.randint(1, 30)}.0", "mmanufacturer": maker, "mmodel": hexadecimal(rng, 6).upper(),
                 "msn": f"/{number:07}/CM{number:014}/", "skunumber": f"{number % 60:04}", "smanufacturer": maker,
                 "smodel": f"{maker} {'Tour' if desktop else 'Nomade'} {number % 9 + 3}", "ssn": f"SN{number * 7919 % 10**8:08}"},
        "hardware": {"chassis_type": "Desktop" if desktop else "Laptop", "datelastloggeduser": "Fri Nov 20 08:01",
                     "defaultgateway": "192.0.2.1", "dns": "192.0.2.53/192.0.2.54",
                     "lastloggeduser": f"agent{number % 4200:04}", "memory": 16_069, "name": name, "swap": 18_431,
                     "uuid": uuid(rng), "vmsystem": "Physical", "winlang": "1036", "winowner": "Service informatique",
                     "winprodid": f"00330-{number:05}-00000-AAOEM", "winprodkey": f"INVEN-TEEAA-{number:05}-BBBBB-CCCCC",
                     "workgroup": "exemple.example"},
        "operatingsystem": {"arch": "64 bits", "boot_time": "2026-11-20 07:58:44", "dns_domain": "exemple.example",
                            "fqdn": f"{name.lower()}.exemple.example", "full_name": "Microsoft Windows 11 Professionnel",
                            "install_date": day(rng, 900) + " 10:02:11", "kernel_name": "MSWin32",
                            "kernel_version": "10.0.26100", "name": "Windows", "version": "24H2",
                            "timezone": {"name": "Europe/Paris", "offset": "+0100"}},
        "cpus": [{"arch": "x86_64", "core": 10, "corecount": 10, "familynumber": "6", "id": "A6 06 0B 00 FF FB EB BF",
                  "manufacturer": "Exalto", "model": "186", "name": "Exalto Core 7 1365U", "speed": 1800,
                  "stepping": "3", "thread": 12}],
        "memories": [{"capacity": 8192, "caption": f"Slot {slot}", "description": "SODIMM", "manufacturer": maker,
                      "memorycorrection": "None", "numslots": slot, "serialnumber": hexadecimal(rng, 8).upper(),
                      "speed": "4800", "type": "DDR5"} for slot in (1, 2)],
    }


def parts(rng, number):
    mac = [f"02:{kind:02X}:{number >> 24 & 255:02X}:{number >> 16 & 255:02X}:{number >> 8 & 255:02X}:{number & 255:02X}"
           for kind in (0, 1)]
    address = f"{('192.0.2', '198.51.100', '203.0.113')[number % 3]}.{number % 250 + 2}"
    return {
        "storages": [{"description": "Disque NVMe", "disksize": 512_110, "firmware": "3.1", "interface": "NVME",
                      "manufacturer": "Quartzo", "model": "Quartzo NV 512", "name": "\\\\.\\PHYSICALDRIVE0",
                      "serial": hexadecimal(rng, 12).upper(), "type": "Fixed hard disk media"}],
        "drives": [{"description": "Disque fixe local", "encrypt_algo": "XTS_AES_128", "encrypt_name": "BitLocker",
                    "encrypt_status": "No" if number % 20 == 0 else "Yes", "encrypt_type": "BitLocker",
                    "filesystem": "NTFS", "free": rng.randint(20_000, 400_000), "label": "Système", "letter": "C:",
                    "serial": hexadecimal(rng, 8).upper(), "systemdrive": True, "total": 487_000, "type": "Fixed Drive"}],
        "networks": [
            {"description": "Carte Ethernet", "ipaddress": address, "ipdhcp": "192.0.2.53", "ipgateway": "192.0.2.1",
             "ipmask": "255.255.255.0", "ipsubnet": "192.0.2.0", "mac": mac[0], "mtu": 1500, "pciid": "8086:1A1E:0B1F:1028",
             "speed": 1000, "status": "up", "type": "ethernet", "virtualdev": False},
            {"description": "Carte Ethernet", "ipaddress6": "fe80::1c2:3ff:fe04:506", "ipmask6": "ffff:ffff:ffff:ffff::",
             "mac": mac[0], "status": "up", "type": "ethernet", "virtualdev": False},
            {"description": "Carte Wi-Fi", "mac": mac[1], "status": "down", "type": "wifi", "virtualdev": False}],
        "monitors": [{"caption": f"Nordlys N{24 + number % 4}", "description": "12/2024", "manufacturer": "Nordlys",
                      "port": "HDMI", "serial": f"ECR{number * 2 + screen:07}"} for screen in range(number % 3)],
        "printers": [{"driver": "Pilote universel", "name": name, "network": True, "port": f"IP_203.0.113.{9 + at}",
                      "printprocessor": "winprint", "resolution": "600x600", "shared": False, "status": "Idle"}
                     for at, name in enumerate(["Accueil", "Couloir 2", "Document PDF"])],
        "antivirus": [{"base_version": f"1.{rng.randint(400, 430)}.0", "company": "Sentivo", "enabled": True,
                       "guid": uuid(rng), "name": "Sentivo", "uptodate": True, "version": "4.18.2610"}],
        "users": [{"domain": "EXEMPLE", "login": f"agent{number % 4200:04}"}],
        "local_users": [{"home": "", "id": "500", "login": "Administrateur", "name": "Administrateur"}],
        "envs": [{"key": f"VARIABLE_{n}", "val": f"C:\\Program Files\\Essai {n};" + hexadecimal(rng, 40)} for n in range(45)],
        "processes": [{"cmd": f"C:\\Windows\\System32\\{rng.choice(COMMANDS)}", "cpuusage": 0, "mem": 0.1, "pid": n * 4,
                       "started": "2026-11-20 07:59", "user": "Système", "virtualmemory": rng.randint(1_000, 900_000)}
                      for n in range(1, 151)],
    }


def inventory(rng, number, programs):
    own = rng.sample(programs, rng.randint(*INSTALLED))
    softwares = ",".join(rng.choice(versions) for versions in own)
    content = compact({**hardware(rng, number), **parts(rng, number), "versionclient": "GLPI-Agent_v1.15",
                       "versionprovider": {"name": "GLPI", "perl_version": "v5.40.0", "version": "1.15"}})
    device = f"PC-{number:05}-2026-01-05-08-00-00"
    return (f'{{"action":"inventory","deviceid":"{device}","itemtype":"Computer",'
            f'"content":{content[:-1]},"softwares":[{softwares}]}}}}\n')


def main():
    root, count = Path(sys.argv[1]), int(sys.argv[2])
    programs = catalogue(random.Random(20261120))
    inbox, project = root / "inbox", root / "project"
    for folder in (inbox, project):
        folder.mkdir(parents=True, exist_ok=True)
    (project / "carnet.yaml").write_text("title: Parc des agents\nlanguage: fr\nas_of: 2026-11-20\n", encoding="utf-8")
    size = 0
    for number in range(count):
        text = inventory(random.Random(number), number, programs).encode()
        (inbox / f"pc-{number:05}.json").write_bytes(text)
        size += len(text)
    print(f"{count} files, {size // count} bytes each")


main()
