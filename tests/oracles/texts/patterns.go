package main

import (
	"bufio"
	"fmt"
	"regexp"
)

var (
	literals = []string{"a", "b", "c", "A", "k", "s", "K", "ſ", "é", "É", "世", "1", "_", " ", "-", "\n", "\x00", "😀", "ß", "µ",
		"\ufffd", "}", "]", ",", ":", "İ", "ǅ"}
	fragments = []string{".", "^", "$", `\d`, `\D`, `\w`, `\W`, `\s`, `\S`, `\b`, `\B`, `\A`, `\z`, `\pL`, `\PL`, `\p{Lu}`, `\P{Lu}`,
		`\p{Greek}`, `\p{^Greek}`, `\pN`, `\p{Nd}`, `\p{letter}`, `\p{Foo}`, `\px`, `\p{`, `\Z`, `\C`, `\Q.*\E`, `\Q`, `\E`, `\x41`,
		`\x{1F600}`, `\x{110000}`, `\x`, `\x{`, `\x4`, `\07`, `\123`, `\1`, `\8`, `\n`, `\t`, `\v`, `\a`, `\f`, `\r`, `\.`, `\-`, `\_`,
		`\é`, `\`, `\y`, `\p`, "[[:alpha:]]", "[[:^alpha:]]", "[[:foo:]]", "[[:word:]]", "[a-c]", "[^a-c]", `[^\d]`, `[\W]`, "[]a]",
		"[^]a]", "[", "[a", "[a-", "[z-a]", "[a-]", "[-a]", `[\pL-]`, `[\d-z]`, "[[:alpha:]-z]", `[a\]]`, `[\`,
		`[\x{10FFFF}-\x{110000}]`, `[^\x00-\x{10FFFF}]`, `[\x00-\x{10FFFF}]`, "[k]", "[s-t]", "[[a]", "[[:alpha]", "[é-世]", `[\Q]`,
		`[\b]`, "[\xff]", "\xff", "(?P<n>a)", "(?<n>b)", "(?P<n>", "(?<n", "(?P<>a)", "(?P<a-b>c)", "(?P=n)", "(?P<1>a)", "(?'n'a)",
		"(?<=a)", "(?=a)", "(?!a)", "(?#c)", "(?i)", "(?-i)", "(?s)", "(?m)", "(?U)", "(?im-s)", "(?i-)", "(?-)", "(?)", "(?:)", "()",
		"(?i:k)", "(?-s:.)", "(?mU:^a*$)", "(?", "(?i", "(?q)", "(?\xff)", "(?ii)", "(?--i)", `\x{D800}`, `[\x{D800}]`,
		`[\x{D800}-\x{E000}]`, "(|a)", "(a|)", "(a*)", "(a*)+", "(|a)*", "(|a)+", "a**"}
	repetitions = []string{"*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{0,1}", "{1,}", "{,2}", "{2,1}", "{1001}", "{1000}",
		"{999999999999}", "{01}", "{2", "{", "{a}", "{2,3}?", "{0,0}", "**", "+*", "{2}{3}", "{30}", "{1,1000}", "{31}"}
	words = []string{"a", "b", "c", "A", "B", "k", "K", "K", "s", "ſ", "S", "é", "É", "世", "1", "2", "_", " ", "-", "\n", "\x00", "😀",
		"ß", "µ", "μ", "Σ", "ς", "\ufffd", "\xff", "\xc3", "\xed\xa0\x80", "aa", "ab", "abc", "\t", "İ", "i", "ı", "ǅ", "ǆ", ".", "*"}
	replacements = []string{"$1", "${1}", "$1x", "${1}x", "$n", "${n}", "$$", "$", "${", "${n", "$0", "$10", "$01", "$é", "${é}", "x", "",
		"-", "$2", "$-", "${1-}", "$1$2", "$_", "$123456789", "$1234567890"}
)

func pattern(depth int) string {
	text := ""
	for range 1 + random.Intn(4) {
		switch kind := random.Intn(20); {
		case kind < 8:
			text += oneOf(literals)
		case kind < 12:
			text += oneOf(fragments)
		case kind < 14 && depth < 4:
			text += "(" + pattern(depth+1) + ")"
		case kind < 15 && depth < 4:
			text += "(?:" + pattern(depth+1) + ")"
		case kind < 16 && depth < 4:
			text += pattern(depth+1) + "|" + pattern(depth+1)
		case kind < 17:
			text += "|"
		case kind == 17:
			text += oneOf([]string{"(", ")"})
		default:
			text += oneOf(literals)
		}
		if in(3) {
			text += oneOf(repetitions[:6+random.Intn(2)*(len(repetitions)-6)])
		}
	}
	return text
}

func several(parts []string, most int) string {
	text := ""
	for range random.Intn(most) {
		text += oneOf(parts)
	}
	return text
}

func askAboutPattern(out *bufio.Writer) {
	text := pattern(0)
	compiled, err := regexp.Compile(text)
	if err != nil {
		fmt.Fprintf(out, "compile %s = %s\n", coded(text), failure(err))
		return
	}
	for range 4 {
		subject, replacement := several(words, 12), several(replacements, 4)
		limit := oneOf([]int{-1, -1, 0, 1, 2, 3})
		fmt.Fprintf(out, "search %s %s %s %d = %t %s %s %s %s %s\n", coded(text), coded(subject), coded(replacement), limit,
			compiled.MatchString(subject), coded(compiled.FindString(subject)), codedList(compiled.FindAllString(subject, limit)),
			coded(compiled.ReplaceAllString(subject, replacement)),
			coded(compiled.ReplaceAllLiteralString(subject, replacement)), codedList(compiled.Split(subject, limit)))
	}
}
