"""Random templates that mix all the actions and functions, some of them slightly broken. Equal seeds, equal templates."""
import functions

# Small numbers: what is nested multiplies.
NUMBERS = {"1000": "17", "1e3": "12.0", "100": "9", "10": "6"}
CALLABLE = {name: kinds for name, kinds in functions.signatures(functions.SIGNATURES).items() if name not in functions.SLOW}
FIELDS = [".s", ".n", ".f", ".i", ".nil", ".t", ".l", ".m", ".m.a", ".m.k", ".m.k.x", ".sl", ".sm", ".sm.a", ".sm.none", ".missing", ".missing.more", ".il", ".nilmap",
          ".nilmap.x", ".s.x", ".l.x", "$", "$.m", "$.m.k.x", "$.s", ".", ".x", ".a", ".k", ".bytes", ".nan", ".u"]
TEXTS = ["a", " ", "\n", "text ", "\n  ", "é", "- ", ": ", "\t", "}}", "{", "%", "日本", "\"", "\n\n", ""]
WORDS = ["end", "else", "if", "range", "|", "(", ")", ".", "$x", "1", "\"", "`", ",", ":=", "=", "nil", "{{", "}}", "-", " ", "\n", "'", "é", "0x", ".x", "*", "\x00", "define",
         "break", "continue", "template", "/*", "*/", "- ", " -", "_", "$"]
OPTIONS = ["missingkey=default", "missingkey=zero", "missingkey=error"]


class Templates(functions.Calls):
    def __init__(self, seed):
        super().__init__(seed)
        self.scope = ["$"]
        self.loops = 0

    def chance(self, p):
        return self.r.random() < p

    def case(self):
        text = "".join(self.definition(name) for name in ("t", "u") if self.chance(0.2)) + self.body(0)
        if self.chance(0.12):
            text = self.damaged(text)
        case = {"text": text, "data": functions.DATA}
        if self.chance(0.3):
            case["options"] = [self.r.choice(OPTIONS)]
        return case

    def damaged(self, text):
        for _ in range(self.r.choice([1, 1, 2])):
            at = self.r.randrange(len(text) + 1)
            text = text[:at] + (self.r.choice(WORDS) + text[at:] if self.chance(0.6) else text[at + self.r.choice([1, 1, 3]):])
        return text

    def definition(self, name):
        scope, loops = self.scope, self.loops
        self.scope, self.loops = ["$"], 0
        text = self.action('define "%s"' % name) + self.body(2) + self.action("end")
        self.scope, self.loops = scope, loops
        return text

    def body(self, depth):
        kept = list(self.scope)
        text = "".join(self.piece(depth) for _ in range(self.r.choice([1, 1, 2, 2, 3, 4] if depth == 0 else [0, 1, 1, 2])))
        self.scope = kept
        return text

    def action(self, content):
        left = self.r.choice(["{{"] * 8 + ["{{ ", "{{- ", "{{-\n", "{{\n"])
        right = self.r.choice(["}}"] * 8 + [" }}", " -}}", "\n-}}", "\n}}"])
        return left + content + right

    def piece(self, depth):
        kind = self.r.random()
        if kind < 0.25:
            return self.r.choice(TEXTS)
        if kind < 0.62 or depth > 3:
            return self.action(self.pipeline(depth))
        if kind < 0.72:
            return self.declaration(depth)
        if kind < 0.74:
            return self.r.choice(["{{/* c */}}", "{{- /* c\n */ -}}"])
        if kind < 0.78 and self.loops:
            return self.action("if " + self.pipeline(3)) + self.action(self.r.choice(["break", "continue"])) + self.action("end")
        return self.r.choice([self.condition, self.with_, self.range_, self.range_, self.template])(depth)

    def declaration(self, depth):
        name = self.r.choice(["$x", "$y", "$z"])
        operator = "=" if name in self.scope and self.chance(0.6) else ":="
        text = self.action("%s %s %s" % (name, operator, self.pipeline(depth)))
        self.scope.append(name)
        return text

    def condition(self, depth):
        text = self.action("if " + self.pipeline(depth)) + self.body(depth + 1)
        if self.chance(0.3):
            text += self.action("else if " + self.pipeline(depth)) + self.body(depth + 1)
        return text + self.otherwise(depth)

    def otherwise(self, depth):
        return (self.action("else") + self.body(depth + 1) if self.chance(0.4) else "") + self.action("end")

    def with_(self, depth):
        kept = list(self.scope)
        declared = "$x := " if self.chance(0.3) else ""
        text = self.action("with " + declared + self.pipeline(depth))
        self.scope += ["$x"] if declared else []
        text += self.body(depth + 1) + self.otherwise(depth)
        self.scope = kept
        return text

    def range_(self, depth):
        kept = list(self.scope)
        declared = self.r.choice(["", "", "$x := ", "$i, $x := "])
        what = self.r.choice(functions.POOLS["l"] + functions.POOLS["d"] + ["3", "(until 4)", ".n", ".nil"]) if self.chance(0.7) else self.pipeline(depth)
        text = self.action("range " + declared + what)
        self.scope += [name for name in ("$i", "$x") if name in declared]
        self.loops += 1
        text += self.body(depth + 1)
        self.loops -= 1
        text += self.otherwise(depth)
        self.scope = kept
        return text

    def template(self, depth):
        if self.chance(0.3):
            return self.action('block "b%d" %s' % (self.r.randrange(3), self.operand("a", 3))) + self.outside_loops(depth) + self.action("end")
        return self.action('template "%s" %s' % (self.r.choice("tu"), self.operand("a", depth)))

    def outside_loops(self, depth):
        scope, loops = self.scope, self.loops
        self.scope, self.loops = ["$"], 0
        text = self.body(depth + 1)
        self.scope, self.loops = scope, loops
        return text

    def operand(self, kind, depth):
        choice = self.r.random()
        if choice < 0.15:
            return self.r.choice(self.scope) + self.r.choice(["", "", "", ".a", ".k.x"])
        if choice < 0.35:
            return self.r.choice(FIELDS)
        if choice < 0.5 and depth < 3:
            return "(" + self.pipeline(depth + 1) + ")" + self.r.choice(["", "", "", ".a", ".x"])
        constant = self.r.choice(functions.POOLS[kind])
        return NUMBERS.get(constant, constant)

    def command(self, depth):
        if self.chance(0.2):
            return self.operand("a", depth)
        name = self.r.choice(list(CALLABLE))
        return " ".join([name] + [self.operand(kind, depth) for kind in self.kinds(CALLABLE[name], self.chance(0.2))])

    def pipeline(self, depth):
        text = self.command(depth)
        while self.chance(0.2):
            text += self.r.choice([" | ", " | ", "|", " |\n"]) + self.r.choice(["quote", "upper", "toJson", "len", "default 1", "printf \"%v\"", "printf \"%T\"", "toString", "first", "print",
                                                                              "not", "toYaml", "int", "trunc 5", "list", "typeOf", "kindOf", "add 1", "join \",\"", "sortAlpha"])
        return text


def cases(seeds):
    for seed in seeds:
        yield Templates(seed).case()
