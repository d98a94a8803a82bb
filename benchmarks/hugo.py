"""The fragments of themes/portfolio as Go templates, for Hugo: the same facts, the same markup."""

from __future__ import annotations

import re

from portfolio_gen.vocabulary import message

CLAIM = """{{- if and .href (eq .kind "link") -}}
<a class="pf-claim" data-field="{{ .field }}" data-claim="{{ .pointer }}" href="{{ .href }}" rel="noopener noreferrer nofollow">{{ .text }}</a>
{{- else -}}
<span class="pf-claim{{ if eq .kind "markdown" }} pf-prose{{ end }}" data-field="{{ .field }}" data-claim="{{ .pointer }}" dir="auto"{{ with .lang }} lang="{{ . }}"{{ end }}>{{ .text }}</span>
{{- end -}}"""

ROWS = """<dl class="pf-facts">
{{ range . }}<div class="pf-fact pf-fact--{{ (index .claims 0).field }}"><dt>{{ .label }}</dt>
{{ range .claims }}<dd>{{ partial "claim.html" . }}</dd>
{{ end }}</div>
{{ end }}</dl>"""

SECTION = """{{ with . }}<section class="pf-section pf-section--{{ .name }}">
<h2>{{ .heading }}</h2>
<div class="pf-groups">
{{ range .groups }}{{ partial "rows.html" . }}
{{ end }}</div>
</section>
{{ end }}"""

ART = """<div class="pf-art" data-live="art"><svg viewBox="0 0 100 100" aria-hidden="true">
{{- range . }}{{ printf "<%s" (index . 0) | safeHTML }}{{ range $name, $value := index . 1 }}{{ printf ` %s="%s"` $name $value | safeHTML }}{{ end }}/>{{ end -}}
</svg></div>"""

UNCHECKED = """<span class="pf-badge pf-badge--not-checked"><span class="pf-sign pf-sign--not-checked" aria-hidden="true"></span>Not checked</span>"""

COUNT = """<section class="pf-count" data-live="count" aria-live="polite"><p class="pf-count__line">{{ partial "unchecked.html" . }}</p><noscript><p>[[page.nojs]]</p></noscript></section>"""

CARD = """{{ $card := .page.Params.card }}<article class="pf-card" data-view="card" data-credential="/{{ $card.original }}">
<div class="pf-card__picture">{{ partial "art.html" $card.art }}</div>
<div class="pf-card__text">
<h3 class="pf-card__title"><a href="/{{ $card.address }}">{{ partial "claim.html" $card.title }}</a></h3>
{{ range $card.groups }}{{ partial "rows.html" . }}{{ end }}
{{ with .skill }}{{ partial "rows.html" (index $card.skills .) }}
{{ end }}<p class="pf-card__verdict" data-live="verdict">{{ partial "unchecked.html" . }}</p>
<div data-live="differences"></div>
</div>
</article>"""

LINE = """{{ $card := .page.Params.card }}<article class="pf-line" data-view="line" data-credential="/{{ $card.original }}">
<h4 class="pf-card__title"><a href="/{{ $card.address }}">{{ partial "claim.html" $card.title }}</a></h4>
{{ range $card.groups }}{{ partial "rows.html" . }}{{ end }}
<p class="pf-card__verdict" data-live="verdict">{{ partial "unchecked.html" . }}</p>
<div data-live="differences"></div>
</article>"""

CARDS = """<div class="pf-cards">
{{ range . }}{{ $skill := "" }}{{ with .skill }}{{ $skill = index . 1 }}{{ end }}{{ partialCached "card.html" (dict "page" (site.GetPage (print "/" .at)) "skill" $skill) .at $skill }}
{{ end }}</div>"""

ISSUER = """<article class="pf-issuer__card" data-view="{{ if .about }}about-{{ end }}issuer" data-credential="/{{ .original }}">
{{ partial "rows.html" .issuer }}
<div class="pf-identity__lines" data-live="identity">{{ range .identity }}<p>{{ . }}</p>{{ end }}</div>
{{ range .about }}{{ partial "rows.html" . }}
{{ end }}
<p class="pf-because">[[label.newest]]</p>
<p class="pf-card__verdict" data-live="verdict">{{ partial "unchecked.html" . }}</p>
<div data-live="differences"></div>
</article>"""

HUGO_PARTIALS = {"count": COUNT, "card": CARD, "line": LINE, "cards": CARDS, "issuer": ISSUER}

CREDENTIAL = """{{ $data := .Params.data }}<div class="pf pf-page">
<article class="pf-credential" data-credential="{{ $data.original }}">
<header class="pf-hero">
<div class="pf-hero__picture">{{ partial "art.html" $data.art }}</div>
<div class="pf-hero__text">
{{ with $data.kind }}<p class="pf-hero__kind">{{ partial "claim.html" . }}</p>
{{ end }}<h1 class="pf-hero__title">{{ partial "claim.html" $data.title }}</h1>
<section class="pf-identity">
<h2 class="pf-identity__heading">[[label.issuedBy]]</h2>
{{ partial "rows.html" $data.issuer }}
<div class="pf-identity__lines" data-live="identity">{{ range $data.identity }}<p>{{ . }}</p>{{ end }}</div>
<p class="pf-more"><a href="/{{ $data.issuer_address }}">[[label.allFrom]]</a></p>
</section>
{{ partial "section.html" $data.sections.dates }}</div>
</header>
<section class="pf-verdict" data-live="verdict" aria-live="polite"><p class="pf-verdict__label">{{ partial "unchecked.html" . }}</p><p class="pf-verdict__says">[[page.notchecked]]</p><noscript><p>[[page.nojs]]</p></noscript></section>
<div data-live="differences"></div>
<div class="pf-columns">
<div class="pf-columns__main">
{{ range slice "results" "about" "criteria" "skills" "evidence" }}{{ partial "section.html" (index $data.sections .) }}{{ end }}</div>
<div class="pf-columns__side">
{{ range slice "recipient" "issuer" "details" }}{{ partial "section.html" (index $data.sections .) }}{{ end }}<section class="pf-section"><h2>[[label.section.picture]]</h2><div data-live="picture"><p>[[page.notchecked]]</p></div></section>
</div>
</div>
<div class="pf-both" data-live="proves"></div>
<section class="pf-section pf-section--checks"><h2>[[label.section.checks]]</h2><div data-live="checks"><p>[[page.notchecked]]</p></div></section>
<section class="pf-section pf-section--original"><h2>[[label.section.original]]</h2>
<p><a class="pf-button" href="{{ $data.original }}">[[label.open]]</a></p>
<div data-live="digest"><p>[[page.digest]]</p><code class="pf-digest">{{ $data.sha256 }}</code></div>
</section>
</article>
<section class="pf-elsewhere">
<h2>[[page.elsewhere]]</h2>
<p>[[page.elsewhere.text]]</p>
<pre><code>[[page.how.command]]</code></pre>
<p>[[page.elsewhere.drop]] <a href="/check/">[[page.check.title]]</a></p>
</section>
{{ with $data.skills }}<nav class="pf-related" aria-label="[[page.skills.all]]">
<h2>[[page.skills.all]]</h2>
<ul class="pf-chips">{{ range . }}<li><a href="/{{ index . 1 }}">{{ index . 0 }}</a></li>{{ end }}</ul>
</nav>
{{ end }}</div>"""

HUGO_BODIES = {
    "home": """{{ $data := .Params.data }}<div class="pf pf-home">
<header class="pf-me" data-owner><div class="pf-me__text"><h1 class="pf-me__name" dir="auto">{{ $data.site.name }}</h1>
<p class="pf-me__headline" dir="auto">{{ $data.site.headline }}</p>
<p class="pf-owner">In {{ $data.site.name }}'s own words</p></div></header>
{{ partial "count.html" . }}
<h2 class="pf-heading">[[page.credentials]]</h2>
{{ partial "cards.html" $data.cards }}
</div>""",
    "credential": CREDENTIAL,
    "issuer": """{{ $data := .Params.data }}<div class="pf">
<header class="pf-lead"><p class="pf-kicker">[[page.issuer.kicker]]</p><h1 dir="auto">{{ .Title }}</h1><p>[[page.issuer.note]]</p></header>
{{ partial "issuer.html" $data }}
<h2 class="pf-heading">{{ $data.count }}</h2>
{{ partial "count.html" . }}
{{ partial "cards.html" $data.cards }}
</div>""",
    "issuers": """<div class="pf">
<header class="pf-lead"><h1>{{ .Title }}</h1><p>{{ .Description }}</p></header>
<div class="pf-cards pf-cards--wide">
{{ range .Params.data.issuers }}<div class="pf-issuer">
{{ partial "issuer.html" . }}
<p class="pf-more"><a href="/{{ .address }}">{{ .count }}</a></p>
</div>
{{ end }}</div>
</div>""",
    "skill": """{{ $data := .Params.data }}<div class="pf">
<header class="pf-lead"><p class="pf-kicker">[[page.skill.kicker]]</p><h1 dir="auto">{{ $data.name }}</h1><p class="pf-lead__sub" dir="auto">{{ $data.framework }}</p>
<p>[[page.skill.note]]</p></header>
{{ partial "count.html" . }}
<h2 class="pf-heading">[[page.credentials]]</h2>
{{ partial "cards.html" $data.cards }}
</div>""",
    "skills": """<div class="pf">
<header class="pf-lead"><h1>{{ .Title }}</h1><p>{{ .Description }}</p></header>
{{ range .Params.data.frameworks }}<section class="pf-framework">
<h2 dir="auto">{{ .name }}</h2>
{{ range .skills }}<div class="pf-skill">
<h3 dir="auto"><a href="/{{ .address }}">{{ .name }}</a></h3>
<div class="pf-lines">
{{ range .cards }}{{ partialCached "line.html" (dict "page" (site.GetPage (print "/" .at))) .at }}
{{ end }}</div>
</div>
{{ end }}</section>
{{ end }}</div>""",
}

HUGO_INDEX = '[{{ range $i, $p := .Site.Pages }}{{ if $i }},{{ end }}{"location":{{ $p.RelPermalink | jsonify }},"title":{{ $p.Title | jsonify }},"text":{{ $p.Description | jsonify }}}{{ end }}]'


def finished(template: str) -> str:
    """Return a template with the sentences that `[[…]]` name, and the small parts in place: Hugo is slow to call partials."""
    for name, part in (("section", SECTION), ("rows", ROWS), ("claim", CLAIM), ("art", ART)):
        call = re.compile(r"{{ partial \"" + name + r"\.html\" (\([^}]*\)|[^\s}]+) }}")
        template = call.sub(lambda found, part=part: f"{{{{ with {found[1]} }}}}{part}{{{{ end }}}}", template)
    template = template.replace('{{ partial "unchecked.html" . }}', UNCHECKED)
    return re.sub(r"\[\[([\w.]+)\]\]", lambda found: message(found[1]).replace("'", "&#39;"), template)
