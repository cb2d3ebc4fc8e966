"""The same pages for other generators: Hugo, with the 50 pages of a folder beside each page, as Carnet has them."""

import shutil
from pathlib import Path

LAYOUTS = {
    "baseof.html": '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{.Title}}</title></head><body>'
    '<nav>{{partialCached "menu.html" . .Section .CurrentSection.RelPermalink}}</nav>'
    '<main>{{block "main" .}}{{end}}</main></body></html>',
    "single.html": '{{define "main"}}<h1>{{.Title}}</h1>{{.Content}}<nav>{{.TableOfContents}}</nav>{{end}}',
    "list.html": '{{define "main"}}<h1>{{.Title}}</h1><table>{{range .Pages}}<tr><td>'
    '<a href="{{.RelPermalink}}">{{.Title}}</a></td></tr>{{end}}</table>{{end}}',
    "index.json": '[{{range $i,$p := .Site.RegularPages}}{{if $i}},{{end}}{"u":{{.RelPermalink|jsonify}},'
    '"t":{{.Title|jsonify}},"c":{{.Plain|jsonify}}}{{end}}]',
}
MENU = '<ul>{{range .CurrentSection.RegularPages}}<li><a href="{{.RelPermalink}}">{{.Title}}</a></li>{{end}}</ul>'


def hugo(root, procedures, with_index):
    """A project for Hugo with a copy of these procedures."""
    layouts = root / "layouts" / "_default"
    (root / "layouts" / "partials").mkdir(parents=True)
    layouts.mkdir(parents=True)
    for name, text in LAYOUTS.items():
        (layouts / name).write_text(text)
    (root / "layouts" / "partials" / "menu.html").write_text(MENU)
    shutil.copytree(procedures, root / "content" / "procedures")
    for folder in sorted(Path(root / "content" / "procedures").iterdir()):
        (folder / "_index.md").write_text(f"---\ntitle: {folder.name}\n---\n")
    home = '["HTML", "JSON"]' if with_index else '["HTML"]'
    (root / "hugo.toml").write_text(
        'baseURL = "https://banc.example/"\ntitle = "Banc"\n[markup.highlight]\nnoClasses = false\n'
        f"[outputs]\nhome = {home}\n"
    )
