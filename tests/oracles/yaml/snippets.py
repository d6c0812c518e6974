"""Random YAML snippets that mix all the features, many of them slightly broken. Equal seeds, equal snippets."""
import random

PLAIN = """a b c app name yes no on off y n Y N true false True FALSE ~ null Null NULL nULL 1 0 -1 +1 007 08 0o17 0x1F 0b101
-0x1f 1_000 1__0 1.5 .5 1. 1e3 1E-3 -1.5e+3 1e400 1e21 1e20 1.0 0.1 123456789012345678901 9223372036854775807
9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551616 .inf -.inf .nan 1_000.5 2001-01-01
2001-12-14t21:59:43.10-05:00 12:30:45 1:30 <<  = foo-bar a:b http://x/y x#y a,b [x] {x} --flag -x ?x :x @x %x `x
hello, world|multi word|a: b|- x|? q|x :|# no|it's|say "hi"|é|日本|\U0001F600|a\tb|'|"|""|''|!|&|*|*x|&x y|!!str|...|---|-|?|:
|x: y: z|a  b|a b |0x|0b|+|-|_1|1_|0_|.|..|1e|0b-1|0b+1|+0x1|-0b11|0777|0o8|1:2|x\\ny|\\|$(X)|${Y}|{{z}}|{{ .Values.x }}""".replace("\n", "|").split("|")
WORDS = [w for part in PLAIN for w in (part.split(" ") if part and part[0] in "aPhl9-2" and "  " not in part and len(part) > 60 else [part])]
KEYS = ["a", "b", "c", "name", "key", "x", "apiVersion", "kind", "1", "0x10", "1.5", "1e3", "yes", "true", "off", "y", "~", "null",
        "2001-01-01", "<<", '"q"', "'s'", '"<<"', "a b", "é", "", "1.0", "1234567.0", "010", "9223372036854775808", "[a]", "{a: b}", "!!str 1",
        "!!int \"3\"", "&k kk", "-", "a-b", "a.b/c"]
TAGS = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!binary", "!!timestamp", "!!map", "!!seq", "!!set", "!!merge", "!foo", "!",
        "!<tag:yaml.org,2002:str>", "!!foo", "!e!x"]
DOUBLE = ["x", "a b", "\\n", "\\t", "\\x41", "\\u00e9", "\\U0001F600", "\\\"", "\\\\", "\\/", "\\ ", "\\0", "\\e", "\\_", "\\N", "\\L", "\\P",
          "\\q", "\\a\\b\\v\\f\\r", "\n  ", "\n\n  ", "\\\n   ", "\t", "#", ": ", "'", "yes", "12", "é", " ", "  "]
SINGLE = ["x", "a b", "''", "\n  ", "\n\n ", "\"", "\\n", "#", ": ", "yes", "12", "é", "\t", "  "]
BLOCK_LINES = ["x", "a: b", "- c", "# no comment", "  more", "", "", "   ", "\tt", "x  ", "last", "'q'", "é", "---", " one", "    deep"]


class Snippets:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.anchors = []

    def chance(self, p):
        return self.r.random() < p

    def document(self):
        self.anchors = []
        text = self.r.choice(["", "", "", "", "", "---\n", "--- ", "%YAML 1.1\n---\n", "# c\n", "\n", "---\n# c\n", "\ufeff", " ",
                              "%TAG !e! tag:x,2000:\n---\n", "---\t"])
        text += self.node(0, 0).lstrip("\n")
        if self.chance(0.9):
            text += "\n"
        text += self.r.choice([""] * 12 + ["...\n", "---\nx: 1\n", "# end", "\t\n", "...\nfoo: bar\n", "--- x\n", "  \n"])
        if self.chance(0.08):
            text = text.replace("\n", "\r\n")
        if self.chance(0.3):
            text = self.damage(text)
        return text

    def damage(self, text):
        for _ in range(self.r.choice([1, 1, 1, 2, 3])):
            at = self.r.randrange(len(text) + 1)
            what = self.r.randrange(5)
            if what == 0:
                text = text[:at] + text[at + 1:]
            elif what == 1:
                text = text[:at] + self.r.choice(list(" \t\n:-,[]{}#&*!|>'\"%@`?~<=\\ax1\r") + ["\n ", "  ", ": ", "- ", "\n\n", " #", "\u0085",
                                                                                               "\u2028", "\x01", "\ufeff", "\x7f"]) + text[at:]
            elif what == 2:
                lines = text.split("\n")
                i = self.r.randrange(len(lines))
                lines[i] = " " * self.r.choice([1, 1, 2, 3]) + lines[i] if self.chance(0.6) else lines[i].lstrip(" ")
                text = "\n".join(lines)
            elif what == 3:
                lines = text.split("\n")
                del lines[self.r.randrange(len(lines))]
                text = "\n".join(lines)
            else:
                text = text[:at]
        return text

    def node(self, indent, depth):
        """A value and what stands before it on the line: either " value" or a newline and a block."""
        kind = self.r.random()
        if depth < 4 and kind < 0.30:
            return self.properties() + self.comment() + "\n" + self.block_map(indent, depth)
        if depth < 4 and kind < 0.48:
            return self.properties() + self.comment() + "\n" + self.block_list(indent, depth)
        if depth < 4 and kind < 0.60:
            return " " + self.properties() + self.flow(depth) + self.comment()
        if kind < 0.68:
            return " " + self.properties() + self.block_scalar(indent)
        if kind < 0.73 and self.anchors:
            return " *" + self.r.choice(self.anchors) + self.comment()
        if kind < 0.76:
            return self.properties() + self.comment()
        return " " + self.properties() + self.scalar(indent) + self.comment()

    def comment(self):
        return self.r.choice([""] * 10 + [" # c", "  ", " #", "\t", "#x", " # c: d"])

    def properties(self):
        text = ""
        if self.chance(0.08):
            text += self.r.choice(TAGS) + " "
        if self.chance(0.10):
            name = self.r.choice("xyz")
            self.anchors.append(name)
            text = text + "&" + name + " " if self.chance(0.7) else "&" + name + " " + text
        return (" " + text).rstrip() + " " if text else ""

    def scalar(self, indent):
        kind = self.r.random()
        if kind < 0.62:
            text = self.r.choice(WORDS)
            while self.chance(0.12):
                text += self.r.choice([" ", "\n" + " " * (indent + self.r.choice([0, 1, 2])), "\n\n" + " " * (indent + 1), " \t", " # c\n  "]) + self.r.choice(WORDS)
            return text
        if kind < 0.82:
            return '"' + "".join(self.r.choice(DOUBLE) for _ in range(self.r.randrange(5))) + '"'
        return "'" + "".join(self.r.choice(SINGLE) for _ in range(self.r.randrange(5))) + "'"

    def block_scalar(self, indent):
        own = indent + self.r.choice([1, 2, 2, 2, 2, 3])
        header = self.r.choice("|>") + self.r.choice(["", "", "", "-", "+", "2", "1", "2-", "+1", "-2", "3"]) + self.r.choice([""] * 8 + [" # c", " ", "#", " x"])
        lines = [self.r.choice(BLOCK_LINES) for _ in range(self.r.randrange(6))]
        return header + "\n" + "\n".join(" " * own + line if line or self.chance(0.1) else "" for line in lines)

    def key(self):
        return self.r.choice(KEYS[:8] * 3 + KEYS)

    def block_map(self, indent, depth):
        lines = []
        for _ in range(self.r.choice([1, 1, 2, 2, 3, 4])):
            if self.anchors and self.chance(0.12):
                value = self.r.choice([" *" + self.r.choice(self.anchors), " [*%s, *%s]" % (self.r.choice(self.anchors), self.r.choice(self.anchors)), " {a: 9}"])
                lines.append(" " * indent + "<<:" + value)
                continue
            inner = indent + self.r.choice([0, 1, 2, 2, 2, 4])
            if self.chance(0.05):
                lines.append(" " * indent + "? " + self.key() + "\n" + " " * indent + ":" + self.node(inner, depth + 1))
                continue
            lines.append(" " * indent + self.key() + self.r.choice([":"] * 12 + [" :", "", ":x"]) + self.node(inner, depth + 1))
            if self.chance(0.05):
                lines.append(self.r.choice(["", "# c", " " * indent + "# c", "  ", "\t"]))
        return "\n".join(lines)

    def block_list(self, indent, depth):
        lines = []
        for _ in range(self.r.choice([1, 2, 2, 3])):
            if self.chance(0.35) and depth < 3:
                lines.append(" " * indent + "- " + self.r.choice([self.block_map, self.block_list])(indent + 2, depth + 1).lstrip(" "))
            else:
                lines.append(" " * indent + "-" + self.node(indent + self.r.choice([1, 2, 2, 4]), depth + 1))
        return "\n".join(lines)

    def flow(self, depth):
        gap = lambda: self.r.choice(["", "", "", " ", "\n   ", " # c\n    ", "\n"])
        items = []
        for _ in range(self.r.randrange(4)):
            kind = self.r.random()
            if depth < 3 and kind < 0.15:
                items.append(self.flow(depth + 1))
            elif kind < 0.22 and self.anchors:
                items.append("*" + self.r.choice(self.anchors))
            elif kind < 0.4:
                items.append(self.key() + self.r.choice([": ", ":", " : ", ":\n   "]) + self.r.choice(WORDS))
            else:
                items.append(self.properties().lstrip() + self.scalar(2))
        if self.chance(0.5):
            return "[" + gap() + ("," + gap()).join(items) + self.r.choice(["", "", "", ",", gap()]) + "]"
        items = [i if self.chance(0.2) else self.key() + self.r.choice([": ", ": ", ": ", ":", " : "]) + i for i in items]
        return "{" + gap() + ("," + gap()).join(items) + self.r.choice(["", "", "", ",", gap()]) + "}"


PIECES = WORDS + ["\n", "\n\n", " ", "  ", "\t", "\r", ": ", " #", "#", "- ", "? ", "\x00", "\x1b", "\x7f", "\u0085", "\u00a0", "\u2028",
                  "\ufeff", "\ufffe", "\u200b", "\u202e", "'", '"', "\\", "%", "@", "`", "a" * 200, "---", "...", "é", "\U0001F600"]


class Values:
    """Random values with texts that YAML has its difficulties with."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def text(self):
        text = "".join(self.r.choice(PIECES) for _ in range(self.r.choice([0, 1, 1, 1, 2, 2, 3, 5])))
        return text * 12 if self.r.random() < 0.02 else text

    def number(self):
        return self.r.choice([0, 1, -1, 2**63 - 1, -2**63, self.r.randrange(-10**6, 10**6), 0.5, -1.25, 1e21, 1.5e-9, 1e300, 5e-324,
                              self.r.randrange(1, 10**9) + 0.5, 2.0**70])

    def value(self, depth):
        kind = self.r.random()
        if depth < 4 and kind < 0.3:
            return {self.text(): self.value(depth + 1) for _ in range(self.r.randrange(4))}
        if depth < 4 and kind < 0.5:
            return [self.value(depth + 1) for _ in range(self.r.randrange(4))]
        if kind < 0.6:
            return self.number()
        return self.r.choice([None, True, False]) if kind < 0.65 else self.text()


class Marshalled(Values):
    """Random values as a template may hand them to toYaml: folded texts, keys in every order, bytes that are no UTF-8."""

    ODD = PIECES + ["\u0085", " \u0085 ", "\u0085---", "\u2029", "\ue0ff", "\ue0c3x", "\ue080", "\ufeff", "\ufffd", "\x01", "\b\f", "<", ">", "&",
                    " ", "word ", "longer-words ", "\u00ad", "\u0660", "\u0669", "\u00aa", "\u3007", "\U0001d7d8", "a: b", "x #y", "12:30:45", "1:2",
                    "190:20:30.15", "+1:59", "1:60", "2024-01-01", "2024-1-1 1:2:3", "2024-02-30", "2001-12-14t21:59:43.1-05:00"]
    KEY_PARTS = ["a", "b", "A", "Z", "z", "0", "00", "1", "01", "9", "10", "11", "100", "-", "_", ".", "/", " ", "\u00e9", "\u65e5", "\u0661",
                 "\U0001f600", "99999999999999999999", "app", "name", "<<", "yes"]

    def text(self):
        kind = self.r.random()
        if kind < 0.4:
            return "".join(self.r.choice(self.ODD) for _ in range(self.r.choice([0, 1, 1, 1, 2, 2, 3, 5])))
        if kind < 0.6:
            return "".join(self.r.choice(self.KEY_PARTS) for _ in range(self.r.choice([1, 2, 2, 3, 4])))
        if kind < 0.75:
            return self.long_text()
        return self.r.choice(WORDS)

    def long_text(self):
        """Past 80 columns, most often, so that it is folded."""
        words = [self.r.choice(["a", "word", "words", "quite-a-long-one", "x" * self.r.randrange(1, 90), "", "it's", "\"", "\\", "\u00e9t\u00e9", "#", "k:"])
                 for _ in range(self.r.randrange(1, 40))]
        text = " ".join(words)
        return text + self.r.choice(["", "", "", "\n", ":", "\t", "\n\nmore\n", " ", "\u2028x", "\x7f", "\U0001f600"]) if self.r.random() < 0.7 else text * 8

    def number(self):
        return self.r.choice([Values.number(self), self.r.uniform(-1, 1) * 10.0 ** self.r.randrange(-30, 30), float(self.r.randrange(2**64)),
                              10.0 ** self.r.randrange(-8, 25), -0.0])

    def value(self, depth):
        if depth < 2 and self.r.random() < 0.15:
            return {self.text(): self.r.choice([None, 1, [], {}]) for _ in range(self.r.randrange(12))}
        return Values.value(self, depth)
