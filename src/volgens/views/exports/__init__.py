"""What volgens read, in the formats of other tools: pure functions over records. docs/reference/exports.md says what maps to what.

A format of rows, annotations or entities gives JSON objects; one of XML, Turtle or CSV gives pieces of text. Whoever writes them
makes the lines and the file.
"""
