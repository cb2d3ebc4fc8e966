"""300 invented people, their groups and machines, as entries of a directory, and what Carnet must make of
each: half the test's answers come from here, none from a file that Carnet wrote.

The first 200 stand in a directory of Microsoft's form, the others in one of OpenLDAP's with shadow passwords
and its password policy.
"""

import base64
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

BASE = "dc=nacelle,dc=example"
TODAY = date(2026, 11, 21)
CANARY = "CANARI"
PARIS = ZoneInfo("Europe/Paris")
MICROSOFT = 200

FIRST = ["Léa", "Hugo", "Inès", "Noé", "Zoé", "Anaïs", "Chloé", "Éloïse", "Gaël", "Maël", "Paul", "Rose", "Théo",
         "Yaël", "Agathe", "Bruno", "Denis", "Fanny", "Jean-Marc", "Maïté"]
LAST = ["Garnier", "Perrin", "Lefèvre", "Besançon", "Œuvrard", "Le Goff", "D’Argent", "Müller", "Nuñez", "Çelik",
        "Tirand", "Vasseur", "Quéméner", "Ybert", "Zeller"]

# Last days of accounts: around a change of clocks, the end of a year, yesterday, and today, which still counts.
PAST = [date(2025, 12, 31), date(2026, 3, 28), date(2026, 10, 24), TODAY - timedelta(days=1)]
AHEAD = [TODAY, date(2026, 12, 31), date(2027, 3, 27)]
# What directories write for "never".
NEVER = ["0", str(2**63 - 1)]


@dataclass
class Person:
    """Somebody and their account."""
    number: int
    first: str
    last: str
    disabled: bool = False
    last_day: date | None = None
    entry: list = field(default_factory=list)

    @property
    def login(self):
        return f"{plain(self.first)}.{plain(self.last)}"

    @property
    def is_microsoft(self):
        return self.number < MICROSOFT

    @property
    def expired(self):
        return self.last_day is not None and self.last_day < TODAY


def plain(name):
    """A name as logins have it: no accents, no signs."""
    letters = unicodedata.normalize("NFD", name.lower().replace("œ", "oe"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def filetime(day):
    """Midnight of a day in Paris, in tenths of microseconds since 1601 in UTC."""
    moment = datetime.combine(day, time(), PARIS).astimezone(timezone.utc)
    return str((moment - datetime(1601, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1) * 10)


def generalised(day):
    """Midnight of a day in Paris as a generalised time in UTC."""
    return datetime.combine(day, time(), PARIS).astimezone(timezone.utc).strftime("%Y%m%d%H%M%SZ")


def people():
    """All of them, with the entry of each."""
    everybody = []
    for number in range(300):
        person = Person(number, FIRST[number % len(FIRST)], LAST[number // len(FIRST)])
        if number % 8 == 3:
            person.last_day = PAST[number // 8 % len(PAST)]
        elif number % 8 == 5:
            person.last_day = AHEAD[number // 8 % len(AHEAD)]
        person.disabled = number % 10 == 0 if person.is_microsoft else number % 12 == 0
        person.entry = microsoft(person) if person.is_microsoft else openldap(person)
        everybody.append(person)
    return everybody


def microsoft(person):
    number = person.number
    # Some entries are called family name first, with a comma that must be escaped in their name.
    name = f"{person.last}, {person.first}" if number % 5 == 0 else f"{person.first} {person.last}"
    bits = 0x200 | (0x2 if person.disabled else 0) | (0x10000 if number % 7 == 0 else 0)
    # The moment of the end is the midnight after the last day.
    end = filetime(person.last_day + timedelta(days=1)) if person.last_day else NEVER[number % 2]
    return [
        ("dn", f"CN={name.replace(',', chr(92) + ',')},OU=Siège,OU=Nacelle,{BASE}"),
        ("objectClass", ["user", "securityPrincipal"]), *required(number), ("cn", name), ("sn", person.last),
        ("givenName", person.first),
        ("displayName", f"{person.last.upper()} {person.first}" if number % 3 == 0 else f"{person.first} {person.last}"),
        ("sAMAccountName", person.login), ("mail", f"{person.login}@nacelle.example"),
        ("userAccountControl", str(bits)), ("accountExpires", end),
        ("pwdLastSet", filetime(date(2026, 9, 1)) if number % 4 else "0"),
        ("lastLogonTimestamp", filetime(TODAY - timedelta(days=number))),
        ("info", f"mot de passe : {CANARY}-info"), ("description", f"{CANARY}-description"),
        ("userPassword", f"{CANARY}-password"), ("jpegPhoto", bytes([255, 216, 255, number % 256] * 40)),
    ]


def required(number):
    """What Microsoft's schema requires of each entry; nothing that Carnet reads."""
    sid = bytes([1, 5, 0, 0, 0, 0, 0, 5]) + (1000 + number).to_bytes(20, "little")
    return [("instanceType", "4"), ("nTSecurityDescriptor", bytes([1, 0, 4, 128])), ("objectSid", sid),
            ("objectCategory", f"CN=Person,{BASE}")]


def openldap(person):
    number = person.number
    entry = [
        ("dn", f"uid={person.login},ou=people,{BASE}"), ("objectClass", ["inetOrgPerson", "posixAccount", "shadowAccount"]),
        ("uid", person.login), ("cn", f"{person.first} {person.last}"), ("sn", person.last), ("givenName", person.first),
        ("uidNumber", str(10000 + number)), ("gidNumber", "10000"), ("homeDirectory", f"/home/{person.login}"),
        ("userPassword", f"{CANARY}-password"), ("description", f"{CANARY}-description"),
    ]
    if person.last_day and number % 16 < 8:
        entry.append(("pwdEndTime", generalised(person.last_day + timedelta(days=1))))
    elif person.last_day:
        # The first day on which the account is closed, counted from 1970.
        entry.append(("shadowExpire", str((person.last_day - date(1970, 1, 1)).days + 1)))
    elif number % 8 == 1:
        entry.append(("shadowExpire", "-1"))
    if person.disabled:
        entry.append(("pwdAccountLockedTime", "000001010000Z"))
    elif number % 12 == 1:
        # Too many wrong passwords: locked for some minutes, and not closed.
        entry.append(("pwdAccountLockedTime", "20261120103000Z"))
    return entry


def around(everybody):
    """The branches that must come first, and what stands beside people: machines, services, groups."""
    first = [[("dn", BASE), ("objectClass", ["domain"]), ("dc", "nacelle")]]
    for path in ["ou=people", "ou=groups", "OU=Nacelle", "OU=Siège,OU=Nacelle", "OU=Postes,OU=Nacelle",
                 "OU=Comptes de service,OU=Nacelle"]:
        first.append([("dn", f"{path},{BASE}"), ("objectClass", ["organizationalUnit"])])
    last = []
    for number in range(5):
        name = f"PC-{number + 1}"
        last.append([("dn", f"CN={name},OU=Postes,OU=Nacelle,{BASE}"), ("objectClass", ["computer", "securityPrincipal"]),
                     *required(400 + number), ("cn", name), ("sn", name), ("sAMAccountName", f"{name}$"),
                     ("userAccountControl", "4096")])
    for number, name in enumerate(["svc-sauvegarde", "svc-supervision", "svc-numerisation"]):
        last.append([("dn", f"CN={name},OU=Comptes de service,OU=Nacelle,{BASE}"),
                     ("objectClass", ["user", "securityPrincipal"]), *required(500 + number), ("cn", name), ("sn", name),
                     ("sAMAccountName", name), ("userAccountControl", str(0x200 | 0x10000))])
    for name, step in [("GG-Comptabilité", 4), ("GG-Atelier", 9)]:
        members = [dict(person.entry)["dn"] for person in everybody if person.is_microsoft and person.number % step == 0]
        last.append([("dn", f"CN={name},OU=Nacelle,{BASE}"), ("objectClass", ["group", "securityPrincipal"]),
                     *required(600 + step), ("cn", name), ("sAMAccountName", name), ("groupType", "-2147483646"),
                     ("member", members)])
    members = [dict(person.entry)["dn"] for person in everybody if not person.is_microsoft and person.number % 2 == 0]
    last.append([("dn", f"cn=bureau,ou=groups,{BASE}"), ("objectClass", ["groupOfNames"]), ("cn", "bureau"),
                 ("member", members)])
    return first, last


def ldif(entries):
    """Entries as `ldapadd` reads them."""
    lines = []
    for entry in entries:
        for name, values in entry:
            for value in values if isinstance(values, list) else [values]:
                value = value if isinstance(value, bytes) else value.encode()
                lines.append(f"{name}:: {base64.b64encode(value).decode()}")
        lines.append("")
    return "\n".join(lines) + "\n"
