"""Calls of every function with arguments of all kinds and numbers, in part as it takes them, in part odd ones. Equal
seeds, equal cases."""
import random
import re
import pathlib
import subprocess

# Of a function's parameters: s string, i int, n any number, l list, d map, a anything, t time, b bool, v version,
# r pattern, c certificate; "*" repeats the last.
SIGNATURES = """
abbrev is|abbrevboth iis|add n*|add1 n|add1f n|addf n*|adler32sum s|ago t|all a*|any a*|append la|atoi s|b32dec s|b32enc s|b64dec s|b64enc s
base s|biggest n*|buildCustomCert ss|camelcase s|cat a*|ceil n|chunk il|clean s|coalesce a*|compact l|concat l*|contains ss|date st
dateInZone stz|dateModify st|date_in_zone stz|date_modify st|decryptAES ss|deepCopy a|deepEqual aa|default aa|derivePassword issss|dict sa*
dig ssad|dir s|div nn|divf nn*|duration a|durationRound a|empty a|ext s|fail s|first l|float64 a|floor n|fromJson s|get ds|has al|hasKey ds
hasPrefix ss|hasSuffix ss|hello |htmlDate t|htmlDateInZone tz|indent is|initial l|initials s|int a|int64 a|isAbs s|join sl|kebabcase s|keys d*
kindIs sa|kindOf a|last l|list a*|lower s|max n*|maxf n*|merge dd*|mergeOverwrite dd*|min n*|minf n*|mod nn|mul nn*|mulf nn*|mustAppend la
mustChunk il|mustCompact l|mustDateModify st|mustDeepCopy a|mustFirst l|mustFromJson s|mustHas al|mustInitial l|mustLast l|mustMerge dd*
mustMergeOverwrite dd*|mustPrepend la|mustPush la|mustRegexFind rs|mustRegexFindAll rsi|mustRegexMatch rs|mustRegexReplaceAll rss
mustRegexReplaceAllLiteral rss|mustRegexSplit rsi|mustRest l|mustReverse l|mustSlice lii|mustToDate ss|mustToJson a|mustToPrettyJson a
mustToRawJson a|mustUniq l|mustWithout la*|must_date_modify st|nindent is|nospace s|now |omit ds*|osBase s|osClean s|osDir s|osExt s|osIsAbs s
pick ds*|pluck sd*|plural ssi|prepend la|push la|quote a*|regexFind rs|regexFindAll rsi|regexMatch rs|regexQuoteMeta s|regexReplaceAll rss
regexReplaceAllLiteral rss|regexSplit rsi|repeat is|replace sss|rest l|reverse l|round ni|semver v|semverCompare vv|seq i*|set dsa|sha1sum s
sha256sum s|sha512sum s|slice lii|snakecase s|sortAlpha l|split ss|splitList ss|splitn sis|squote a*|sub nn|subf nn*|substr iis|swapcase s
ternary aab|title s|toDate ss|toDecimal a|toJson a|toPrettyJson a|toRawJson a|toString a|toStrings a|trim s|trimAll ss|trimPrefix ss|trimSuffix ss
trimall ss|trunc is|tuple a*|typeIs sa|typeIsLike sa|typeOf a|uniq l|unixEpoch t|unset ds|until i|untilStep iii|untitle s|upper s|urlJoin d
urlParse s|values d|without la*|wrap is|wrapWith iss|normalize s|slugify ibs|toYaml a|fromYaml s|fromYamlArray s
print a*|printf sa*|println a*|len a|index la*|html a*|js a*|urlquery a*|and aa*|or aa*|not a|eq aa*|ne aa|lt nn|le nn|gt nn|ge nn|call a*
"""
# Whose results are not to be foretold: only what fails is compared.
VARIES = """
bcrypt s|encryptAES ss|genCA si|genPrivateKey s|genSelfSignedCert slli|genSignedCert sllic|htpasswd ss|randAlpha i|randAlphaNum i|randAscii i
randBytes i|randInt ii|randNumeric i|shuffle s|uuidv4 |genCAWithKey sis|genSelfSignedCertWithKey sllis|genSignedCertWithKey sllics
"""
# A key takes seconds to make.
SLOW = {"genCA", "genPrivateKey", "genSelfSignedCert", "genSignedCert", "bcrypt", "htpasswd", "derivePassword"}

POOLS = {
    "s": ['""', '"a"', '"abc"', '"Hello World"', '"a,b,c"', '"héllo wörld"', '"日本"', '"2006-01-02"', '"a/b.c"', '"key"', '"x-y_z"', ".s", '"1.5"', '"12"',
          '"{}"', '"[1]"', '"a: 1"', '"%d %s"', '"\\t x\\n"', '"1h"', ".raw", '"http://h/p?q"', '"string"', '"map"', '"😀"', '"-"', "`\\d`"],
    "i": ["0", "1", "2", "3", "5", "-1", "10", "'a'", "(int .n)", "(len .s)"],
    "n": ["0", "1", "-1", "2.5", "7", "1e3", '"3"', '"x"', ".n", ".f", ".i", ".u", "nil", "true", "(int64 4)", "-0.5", "100", '"1.5"'],
    "l": [".l", ".sl", ".il", "(list)", '(list 1 "a" nil)', "(until 3)", "(list 3 1 2)", '(splitList "," "b,a,b")', ".nillist", '(list (list 1) (dict "a" 1))', "(list 1.5 true)"],
    "d": [".m", ".sm", "(dict)", '(dict "a" 1 "b" "x")', '(dict "a" (dict "b" 1))', ".nilmap", '(dict "key" nil)', '(urlParse "http://h/p")'],
    "t": ["now", "0", "1000", "(int64 5)", '(toDate "2006-01-02" "2024-02-29")', ".i", ".nil"],
    "z": ['"UTC"', '"Europe/Berlin"', '"Local"', '"bogus"', '""'],
    "b": ["true", "false", "(eq 1 1)", ".t"],
    "v": ['"1.2.3"', '">=1.0"', '"^1.2"', '"1.2.3-rc.1"', '"v2"', '"x"', '"~1.x || 2"'],
    "r": ['"a"', '"[a-z]+"', '"(o)(.)"', '""', '"("', '"\\\\d"', '"(?i)H"', '"^$"', '"."'],
    "c": ['"x"', "nil", '(dict "a" 1)', ".nil", "1"],
}
POOLS["a"] = sum((POOLS[kind] for kind in "snldtb"), []) + ["nil", ".nil", ".missing", "1i", '(semver "1.2.3")', ".nan", ".bytes", "."]
DATA = {
    "s": "Some Text", "n": 3, "f": 1.5, "i": {"$int": "4"}, "u": {"$uint64": "9"}, "nil": None, "t": True, "l": [1, "a", None], "m": {"a": 1, "k": {"x": "y"}},
    "sl": {"$strings": ["b", "a"]}, "il": {"$ints": ["3", "1"]}, "sm": {"$stringMap": {"a": "b"}}, "nilmap": {"$nil": "map"}, "nillist": {"$nil": "list"},
    "nan": {"$float": "NaN"}, "bytes": {"$bytes": "hi"}, "raw": {"$raw": [104, 255, 105]},
}


def signatures(text):
    rows = [row.split(" ") for row in text.strip().replace("\n", "|").split("|")]
    return {name: kinds for name, kinds in rows}


class Calls:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def kinds(self, signature, odd):
        """The kinds of the arguments of one call; odd ones are of any kind and number."""
        kinds = list(signature.replace("*", ""))
        if signature.endswith("*"):
            kinds += kinds[-1:] * self.r.choice([0, 1, 2]) if kinds[-1:] != ["a"] or len(kinds) != 2 else ["a"] + ["s", "a"] * self.r.choice([0, 1])
            kinds = kinds[:6]
        if odd and self.r.random() < 0.25:
            kinds = kinds[:-1] if self.r.random() < 0.5 else kinds + ["a"]
        return ["a" if odd and self.r.random() < 0.5 else kind for kind in kinds]

    def call(self, name, signature, odd):
        arguments = [self.r.choice(POOLS[kind]) for kind in self.kinds(signature, odd)]
        if arguments and self.r.random() < 0.15:
            last = arguments.pop()
            return " ".join(["%s | %s" % (last, name), *arguments])
        return " ".join([name, *arguments])

    def result(self, call):
        return self.r.choice(["{{%s}}"] * 4 + ["{{printf `%%v %%T` (%s)}}", "{{toJson (%s)}}", "{{$x := %s}}{{$x | quote}}", "{{range (%s)}}[{{.}}]{{else}}none{{end}}",
                                              "{{if %s}}true{{else}}false{{end}}", "{{with %s}}{{.}}{{else}}nothing{{end}}"]) % call


def cases(seed, each=18):
    calls = Calls(seed)
    for name, signature in signatures(SIGNATURES).items():
        for i in range(3 if name in SLOW else each):
            yield {"text": calls.result(calls.call(name, signature, odd=i % 2 == 1)), "data": DATA}
    for name, signature in signatures(VARIES).items():
        for _ in range(3 if name in SLOW else each // 2):
            yield {"text": "{{$x := %s}}ok" % calls.call(name, signature, odd=True), "data": DATA}
