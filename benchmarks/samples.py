"""An invented news day in every container that volgens reads. Tests and the fuzz benchmark take these; all names are invented."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Sequence

PARAGRAPHS = (
    "De sluis bij Oosterlommer blijft tot het voorjaar dicht, zegt wethouder Anke Verschuur van Lommerland.",
    "Volgens haar zijn de deuren zo verroest dat ze niet meer goed sluiten. “We nemen geen enkel risico”, zei ze dinsdag.",
    "De schippers zijn daar niet blij mee. Voorzitter Bram Tolsma van schippersbond De Boeg noemt het besluit onbegrijpelijk en "
    "vreest dat zijn leden door de omweg over het Noordermeer wekenlang werk mislopen.",
    "Een woordvoerder van de provincie laat weten dat er geen geld is voor een noodsluis. Wel komt er volgens hem een "
    "regeling voor bedrijven die kunnen aantonen dat zij door de sluiting omzet verliezen.",
    "Het was de Waardpost die vorige week meldde dat de deuren al twee jaar geleden zijn afgekeurd. Dat klopt, erkent Verschuur, "
    "maar het rapport is volgens haar nooit op haar bureau beland.",
)
TEXT = "\n".join(PARAGRAPHS)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TITLE = "Sluis bij Oosterlommer blijft dicht"
URL = "https://dagdraad.example/nieuws/sluis-dicht"
PAGE = f"""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{TITLE} | Dagdraad</title>
<meta property="og:site_name" content="Dagdraad"><meta property="article:published_time" content="2024-11-18T19:25:00+01:00">
<link rel="canonical" href="{URL}"></head><body><nav><a href="/">Voorpagina</a></nav><article><h1>{TITLE}</h1>{BODY}</article>
<footer>Dagdraad, Lommerdorp</footer></body></html>""".encode()
ENGLISH = (
    "The ferry to Marrow will not sail before Friday, harbour master Dora Finch said on Tuesday.\n"
    "According to the Wharfside Weekly, the company had known of the crack for a month. Its spokesman declined to comment.\n"
)

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Dagdraad</title><link>https://dagdraad.example/</link><language>nl-NL</language>
<atom:link href="https://dagdraad.example/feed.xml" rel="self"/>
<item><title>{TITLE} &amp; wat nu?</title><media:title>Foto van de sluis</media:title><link>{URL}</link>
<dc:creator>Ine Roosdael</dc:creator>
<pubDate>Mon, 18 Nov 2024 19:25:00 +0100</pubDate><category>Binnenland</category><description>De sluis blijft dicht.</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded></item>
<item><title>Veer vaart niet</title><link>/nieuws/veer</link><source url="https://waardpost.example/feed.xml">De Waardpost</source>
<author>redactie@waardpost.example (Bram Tolsma)</author><pubDate>Tue, 19 Nov 2024 07:00:00 GMT</pubDate>
<description>&lt;p&gt;Het veer vaart vandaag niet, meldt de rederij.&lt;/p&gt;</description></item>
<item><title>Zonder adres</title>
<guid isPermaLink="false">nummer-3</guid><description>De burgemeester zegt niets te weten.</description></item>
</channel></rss>""".encode()

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>De Waardpost</title><id>urn:feed</id><link href="https://waardpost.example/"/>
<entry><title type="html">Sluis &lt;b&gt;dicht&lt;/b&gt;</title><id>urn:1</id><link rel="edit" href="https://waardpost.example/edit/1"/>
<link rel="alternate" href="https://waardpost.example/1"/><author><name>Ine Roosdael</name></author>
<published>2024-11-18T19:25:00+01:00</published><updated>2024-11-18T20:00:00+01:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content></entry>
<entry><title>Kort</title><id>urn:2</id><link href="https://waardpost.example/2"/><updated>2024-11-19T08:00:00Z</updated>
<summary>De brug is open, zegt de gemeente.</summary></entry></feed>""".encode()

JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Omroep Lommerland", "language": "nl",
    "items": [
        {"id": "1", "url": "https://omroeplommerland.example/1", "title": TITLE, "content_html": BODY,
         "date_published": "2024-11-18T19:25:00+01:00", "authors": [{"name": "Ine Roosdael"}], "tags": ["Binnenland"]},
        {"id": "2", "url": "https://omroeplommerland.example/2", "title": "Kort", "summary": "De brug is open."},
    ],
}).encode()  # fmt: skip

OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Kranten</title></head><body><outline text="Regio">
<outline type="rss" text="Dagdraad" xmlUrl="https://dagdraad.example/feed.xml" htmlUrl="https://dagdraad.example/"/>
<outline type="rss" title="De Waardpost" text="x" xmlUrl="https://waardpost.example/feed.xml"/></outline></body></opml>"""

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://dagdraad.example/nieuws/sluis-dicht</loc><news:news>
<news:publication><news:name>Dagdraad</news:name><news:language>nl</news:language></news:publication>
<news:publication_date>2024-11-18</news:publication_date><news:title>Sluis dicht</news:title></news:news></url>
<url><loc>https://dagdraad.example/nieuws/veer</loc></url></urlset>"""

SITEMAP_INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://dagdraad.example/sitemap-1.xml</loc></sitemap></sitemapindex>"""

NINJS = json.dumps({
    "uri": "https://lnb.example/items/7", "type": "text", "versioncreated": "2024-11-18T20:00:00+01:00", "language": "nl",
    "firstcreated": "2024-11-18T19:25:00+01:00", "headline": TITLE, "byline": "Ine Roosdael", "copyrightholder": "LNB",
    "body_html": BODY, "subject": [{"code": "medtop:1", "name": "Scheepvaart"}], "pubstatus": "usable",
}).encode()  # fmt: skip
NINJS_3 = json.dumps({
    "standard": {"name": "ninjs", "version": "3.0"}, "uri": "tag:lnb.example,2024:7", "url": "https://lnb.example/7",
    "type": "text", "language": "nl", "headlines": [{"role": "short", "value": "Dicht"}, {"role": "main", "value": TITLE}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": TEXT}], "infoSources": [{"name": "LNB"}],
    "people": [{"rel": "author", "name": "Ine Roosdael"}], "versionCreated": "2024-11-18T20:00:00+01:00",
}).encode()  # fmt: skip

NITF = f"""<nitf><head><title>{TITLE}</title><docdata><date.issue norm="20241118T192500+0100"/></docdata>
<pubdata name="LNB" position.section="Binnenland"/></head><body><body.head><hedline><hl1>{TITLE}</hl1></hedline>
<byline>Door <person>Ine Roosdael</person></byline></body.head><body.content><media><media-caption>De sluis.</media-caption></media>
<block><p>De sluis blijft dicht, zegt <person>Anke Verschuur</person> van <org>Lommerland</org>.</p><hl2>Omweg</hl2>
<p>{PARAGRAPHS[2]}</p></block></body.content></body></nitf>"""

_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:lnb.example:{number}" version="1" xml:lang="nl">
<rightsInfo><copyrightHolder><name>LNB</name></copyrightHolder></rightsInfo><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="LNB"/><versionCreated>2024-11-18T20:00:00+01:00</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><contentCreated>2024-11-18T19:25:00+01:00</contentCreated>
<by>Ine Roosdael</by>
<subject qcode="x:1"><name>Scheepvaart</name></subject>
<headline>{title}</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def newsml_item(content: str, number: int = 1, status: str = "usable") -> str:
    """A NewsML-G2 item with this element in its content set."""
    return _ITEM.format(content=content, number=number, status=status, title=TITLE)


NEWSML_XHTML = newsml_item(
    f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{BODY}'
    "</body></html></inlineXML>"
)
NEWSML_NITF = newsml_item(f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>', 2)
NEWSML_DATA = newsml_item(f'<inlineData contenttype="text/plain">{TEXT}</inlineData>', 3)
NEWSML = (
    '<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>'
    f"{NEWSML_XHTML}{NEWSML_NITF}{NEWSML_DATA}</itemSet></newsMessage>"
).encode()

CSV = (
    "id,kop,body,url,datum,medium\n"
    + "".join(f'{n},"{TITLE} {n}","{TEXT.replace(chr(34), chr(34) * 2)}",{URL}-{n},2024-11-18,Dagdraad\n' for n in (1, 2, 3))
).encode()
JSON_LINES = b"".join(
    json.dumps({"headline": f"{TITLE} {n}", "text": TEXT, "url": f"{URL}-{n}", "date": "2024-11-18", "source": "Dagdraad"}).encode()
    + b"\n"
    for n in (1, 2, 3)
)

EML = (
    "Received: from post.dagdraad.example by mx.lezer.example; Mon, 18 Nov 2024 19:30:00 +0100\r\n"
    "From: =?utf-8?q?Dagdraad_=E2=80=93_avondbrief?= <brief@dagdraad.example>\r\nTo: lezer@lezer.example\r\n"
    f"Subject: {TITLE}\r\nDate: Mon, 18 Nov 2024 19:25:00 +0100\r\nMessage-ID: <1@dagdraad.example>\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="grens"\r\n\r\n--grens\r\nContent-Type: text/plain; charset=utf-8\r\n'
    "Content-Transfer-Encoding: 8bit\r\n\r\nLees deze brief in uw browser.\r\n--grens\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n"
).encode() + base64.encodebytes(PAGE) + b"--grens--\r\n"  # fmt: skip
MBOX = b"From brief@dagdraad.example Mon Nov 18 19:30:00 2024\n" + EML.replace(b"\r\n", b"\n") + (
    b"\nFrom brief@waardpost.example Tue Nov 19 07:00:00 2024\nFrom: brief@waardpost.example\nSubject: Kort\nMIME-Version: 1.0\n"
    b"Content-Type: text/plain; charset=utf-8\n\n>From nu af is de sluis dicht, zegt de wethouder van Lommerland.\n"
)  # fmt: skip


def page_at(url: str) -> bytes:
    """The page, as it would stand at another address."""
    return PAGE.replace(URL.encode(), url.encode())


def warc_record(
    uri: str, body: bytes, *, kind: str = "response", status: str = "200 OK", head: str = "Content-Type: text/html; charset=utf-8"
) -> bytes:
    """A WARC record with an HTTP answer."""
    answer = f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-11-20T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(answer)}\r\n\r\n"
    ).encode() + answer + b"\r\n\r\n"  # fmt: skip


WARC = b"".join((
    warc_record(URL, PAGE, kind="request"),
    warc_record(URL, PAGE),
    warc_record(f"{URL}-weg", PAGE, status="404 Not Found"),
    warc_record(f"{URL}.png", b"\x89PNG", head="Content-Type: image/png"),
    warc_record(URL, b"", kind="revisit"),
    warc_record(f"{URL}-gz", gzip.compress(page_at(f"{URL}-gz")), head="Content-Type: text/html\r\nContent-Encoding: gzip"),
    warc_record("https://wharfside.example/ferry.txt", ENGLISH.encode(), head="Content-Type: text/plain; charset=utf-8"),
))  # fmt: skip
WARC_GZ = (
    gzip.compress(warc_record(URL, PAGE))
    + gzip.compress(warc_record(f"{URL}-2", page_at(f"{URL}-2")))
    + gzip.compress(warc_record(f"{URL}-3", page_at(f"{URL}-3")))
)


def wacz(archives: Sequence[tuple[str, bytes]], *, packing: int = zipfile.ZIP_STORED) -> bytes:
    """A WACZ with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in (("datapackage.json", b"{}"), ("pages/pages.jsonl", b"{}"), *archives):
            archive.writestr(zipfile.ZipInfo(name, (2024, 11, 20, 8, 0, 0)), data, packing)
    return file.getvalue()


WACZ = wacz((("archive/b.warc.gz", WARC_GZ), ("archive/a.warc.gz", gzip.compress(WARC))))


def pdf(pages: Sequence[Sequence[str]], *, title: str = "", packed: bool = True) -> bytes:
    """A PDF document with these lines on its pages, an empty one being a gap."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    kids = []
    for rows in pages:
        shown = b"".join(
            b"T* "
            if not row
            else b"(" + row.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T* "
            for row in rows
        )
        stream = b"BT /F1 11 Tf 14 TL 50 800 Td " + shown + b"ET"
        stream = zlib.compress(stream) if packed else stream
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), b"/Filter/FlateDecode" if packed else b"", stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + table
        + b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(objects), len(written))
    )


_ROWS = f"""Dagdraad 18 november 2024

{TITLE}

De sluis bij Oosterlommer blijft tot het voor-
jaar dicht, zegt wethouder Anke Verschuur van
Lommerland.
Volgens haar zijn de deuren te verroest om nog
te sluiten.

1"""
PDF = pdf([_ROWS.split("\n")], title=TITLE)


def parquet(rows: Sequence[dict[str, object]]) -> bytes:
    """A Parquet file with these rows."""
    import pyarrow as pa
    from pyarrow import parquet as files

    written = io.BytesIO()
    files.write_table(pa.Table.from_pylist(list(rows)), written)
    return written.getvalue()


SAMPLES: dict[str, bytes] = {
    "page.html": PAGE,
    "text.txt": TEXT.encode(),
    "english.txt": ENGLISH.encode(),
    "rss.xml": RSS,
    "atom.xml": ATOM,
    "feed.json": JSON_FEED,
    "feeds.opml": OPML,
    "sitemap.xml": SITEMAP,
    "sitemap-index.xml": SITEMAP_INDEX,
    "ninjs.json": NINJS,
    "ninjs-3.json": NINJS_3,
    "nitf.xml": NITF.encode(),
    "newsml.xml": NEWSML,
    "rows.csv": CSV,
    "rows.jsonl": JSON_LINES,
    "rows.jsonl.gz": gzip.compress(JSON_LINES),
    "brief.eml": EML,
    "brief.mbox": MBOX,
    "day.warc": WARC,
    "day.warc.gz": WARC_GZ,
    "day.wacz": WACZ,
    "article.pdf": PDF,
    "plain.pdf": pdf([TEXT.splitlines()], packed=False),
}
"""Every kind but Parquet, by the name of a file that has it."""
