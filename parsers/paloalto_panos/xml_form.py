"""The XML form: exports, `show config running` with XML output, and answers of the XML API.

Read with expat alone: the predefined entities are all there are. A document type declaration ends the reading, so
no entity can be declared, nothing is fetched, and nothing grows (CWE-611, CWE-776).
"""

from __future__ import annotations

import re
from xml.parsers import expat

from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger

DEEPEST = 60
_CHUNK = 2_000
"""Lines given to expat at once."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WRAPPERS = frozenset({"response", "result"})
"""Elements of an API answer around the configuration."""


class _Stop(Exception):
    """A document type declaration was seen."""


class XmlReader:
    """Reads lines `first` to the end of the document below `root`."""

    def __init__(self, root: Node, lines: list[str], ledger: Ledger) -> None:
        self.root = root
        self.lines = lines
        self.ledger = ledger
        self.stack = [root]
        self.depth = 0
        self.text: list[str] = []
        self.started = 0
        self.done = 0
        self.offset = 0
        self.doubtful = False
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.XmlDeclHandler = self._declared

    def read(self, first: int) -> int:
        """Reads from line `first` on; gives the last line of the document."""
        self.offset = first - 1
        reason = "the XML document ends inside this element"
        try:
            for start in range(first - 1, len(self.lines), _CHUNK):
                chunk = "\n".join(self.lines[start : start + _CHUNK]) + "\n"
                self.parser.Parse(_NOT_XML.sub(" ", chunk).encode("utf-8", "replace"), False)
                if self.done:
                    break
        except expat.ExpatError as error:
            reason = f"the XML is not well formed from line {self._line()} on ({expat.ErrorString(error.code)})"
        except _Stop:
            reason = "a document type declaration, which no PAN-OS writes"
        if not self.done:
            return self._broken(reason)
        for number in range(first, self.done + 1):
            if not self.lines[number - 1].strip():
                self.ledger.ignore(number)
        return self.done

    def _line(self) -> int:
        return min(self.parser.CurrentLineNumber + self.offset, len(self.lines))

    def _broken(self, reason: str) -> int:
        """What follows was not read, and what is open may not be all."""
        self.doubtful = True
        line = max(1, self._line())
        for node in self.stack:
            node.doubted(reason, line)
        for number in range(line, len(self.lines) + 1):
            self.ledger.miss(number, "other")
        return len(self.lines)

    def _declared(self, *_: object) -> None:
        self.ledger.ignore(self._line())

    def _doctype(self, *_: object) -> None:
        raise _Stop

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.done:
            return
        line = self._line()
        self.text.clear()
        self.depth += 1
        self.started = line
        parent = self.stack[-1]
        if tag in WRAPPERS and self.depth <= 2:
            self.ledger.use(line)
            self.stack.append(parent)
            return
        if self.depth > DEEPEST:
            self.stack.append(parent)
            return
        word = tag
        if tag == "entry":
            word = attributes.get("name", "")
            if not word:
                self.ledger.miss(line, "other")
                parent.doubted("an entry without a name", line)
        elif tag == "member":
            self.stack.append(Node("", line))  # its text is the word
            return
        node = parent.child(word, line)
        node.ended(line)
        self.stack.append(node)

    def _end(self, tag: str) -> None:
        if self.done:
            return
        line = self._line()
        text = "".join(self.text).strip()
        self.text.clear()
        self.depth -= 1
        node = self.stack.pop()
        if text and node is not self.root and len(self.stack) > 0:
            holder = self.stack[-1] if tag == "member" else node
            leaf = holder.child(text, self.started)
            for number in range(self.started, line + 1):
                leaf.ended(number)
        elif (self.started != line or tag == "member") and not self.ledger.status[line]:
            self.ledger.ignore(line)
        if self.depth == 0:
            self.done = line
