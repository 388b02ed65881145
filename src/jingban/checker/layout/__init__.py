"""Layout reconstruction: headings, joined paragraphs, aligned tables out of what a reader found."""
