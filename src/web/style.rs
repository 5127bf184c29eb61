//! How pages look on a screen and on paper: after the printed house style, without colours
//! that mean anything.

/// The style of a text.
pub const TEXT_STYLE: &str = "\
:root { color-scheme: light; }
body { margin: 0; color: #000; background: #fff; font: 1.0625rem/1.5 'Times New Roman', 'Liberation Serif', Tinos, serif; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
p, li, dd, td, th { hyphens: manual; }
p { margin: 0 0 1rem; }
a { color: #0b3d91; }
sup { font-size: .7em; line-height: 0; vertical-align: super; }
em em { font-style: normal; }
strong strong { font-weight: normal; }
.capitals { text-transform: uppercase; }
.kept { text-transform: none; }
.line { display: block; }
.gap { background: #fff3bf; }
.letterhead { display: grid; grid-template-columns: 1fr auto; column-gap: 2rem; margin-bottom: 3rem; }
.letterhead p { margin: 0; }
.letterhead .right { grid-column: 2; grid-row: 1; }
.letterhead .left { grid-column: 1; grid-row: 1; }
.letterhead .draft, .letterhead .meeting { grid-column: 1 / -1; }
.letterhead .draft { font-weight: bold; margin-top: 1rem; }
.letterhead .draft + .meeting, .letterhead div + .meeting { margin-top: 1rem; }
.title, h2, h3, h4, h5, h6 { font-size: 1em; line-height: 1.5; margin: 2rem 0 1rem; }
h1, .title { text-align: center; font-weight: normal; margin: 2.5rem 0; }
.opening, .clause, .prose, .continuation { text-indent: 2.5rem; }
:not(.depth-0) > li > .continuation { text-indent: 0; }
.level-0, .of-volume > .section { text-align: center; }
.item-title { font-weight: normal; }
.under-title { text-align: center; }
.part-head { text-align: right; margin: 0; font-weight: normal; }
.annex, .appended, .member { margin-top: 3rem; padding-top: 2rem; border-top: 1px solid #767676; }
.annex > .part-head + :not(.part-head) { margin-top: 2rem; }
ol, ul { list-style-type: ''; margin: 0; padding: 0; }
ol.depth-0 > li > p > .number { display: inline-block; min-width: 2.2rem; text-indent: 0; }
:is(ol, ul):not(.depth-0) > li > p { padding-left: 2.5rem; text-indent: -2.5rem; }
:is(ol, ul):not(.depth-0) > li > p .number { display: inline-block; min-width: 2.2rem; text-indent: 0; }
li > :is(ol, ul, .continuation, .table, blockquote) { margin-left: 2.5rem; }
ol.depth-0 > li > .continuation { margin-left: 0; }
.leads-in { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr); }
.leads-in > .number { white-space: nowrap; }
blockquote { margin: 0 0 1rem 2.5rem; }
.statement { margin-left: 5rem; }
.signature { margin: 3rem 0 1rem 50%; }
.labels { margin: 0 0 1rem; }
.labels > div { display: grid; grid-template-columns: minmax(7rem, 25%) minmax(0, 1fr); column-gap: 1rem; }
.labels dd { margin: 0; grid-column: 2; }
.agenda-item { margin-top: 2rem; }
.agenda-item > :not(.item-title) { margin-left: 2.5rem; }
.agenda-item > p { text-indent: 0; }
.contents ul { padding: 0; }
.contents li { margin: .3rem 0; }
.contents .level-2 { margin-left: 2.5rem; }
.contents-title { font-weight: bold; }
.table { margin-bottom: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; }
.ruled th, .ruled td { border: 1px solid #767676; padding: .3rem .6rem; }
.ruled .goes-on td { border-top-style: none; }
.spaced td { padding-top: 1.2rem; }
.right { text-align: right; }
.letterhead .right { text-align: left; }
.dash { display: block; padding-left: 1.2rem; text-indent: -1.2rem; }
.wide { overflow-x: auto; }
.notes { margin-top: 2rem; border-top: 1px solid #767676; font-size: .9em; }
.notes h2, .notes h3, .notes h4, .notes h5, .notes h6 { margin-top: 1rem; }
.code { margin-top: 3rem; }
.cover { text-align: center; margin-bottom: 3rem; }
.cover .back { text-align: left; margin: 0; }
.cover .imprint { margin: 2rem 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 30rem) {
.letterhead { display: block; }
.letterhead .left { margin-top: 1rem; }
li > :is(ol, ul, .continuation, .table, blockquote), .agenda-item > :not(.item-title) { margin-left: 1.2rem; }
.statement { margin-left: 2rem; }
.signature { margin-left: 20%; }
.labels > div { display: block; margin-bottom: .5rem; }
}
";

/// The style on paper.
pub const PRINTED_PAGE: &str = "\
@page { size: A4; margin: 25mm; }
@media print {
body { font-size: 12pt; line-height: 1.15; }
main { max-width: none; padding: 0; }
a { color: #000; text-decoration: none; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; }
p, li { orphans: 2; widows: 2; }
tr, .signature { break-inside: avoid; }
thead { display: table-header-group; }
.annex, .appended, .member { break-before: page; border-top: none; margin-top: 0; padding-top: 0; }
.wide { overflow: visible; }

.gap { background: none; }
}
";
