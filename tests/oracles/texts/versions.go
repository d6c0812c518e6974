package main

import (
	"bufio"
	"fmt"

	"github.com/Masterminds/semver/v3"
)

var (
	numbers     = []string{"0", "1", "2", "3", "0", "1", "2"}
	oddNumbers  = []string{"0", "1", "10", "01", "x", "X", "*", "1x", "18446744073709551615", "18446744073709551616", "", "|"}
	prereleases = []string{"", "", "", "-a", "-1", "-alpha.1", "-01", "-a.", "-", "-x", "-rc.1", "-rc.2", "-2", "-a-b",
		"-99999999999999999999", "-beta.99999999999999999999", "--"}
	metadata   = []string{"", "", "", "", "+b", "+b.1", "+", "+a+b", "+01"}
	operators  = []string{"", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^", "^", "==", "!", "><"}
	separators = []string{" ", ",", ", ", "  ", " , ", " || ", "||", " - ", " - ", "-", " -", "|", "", ",,", "\t", "\n", "\v"}
	open       = []string{"x", "1.x", "1.2.x", "*", "2.X", "0.x", "0.0.x", "1", "1.2", "0", "0.0", "0.1"}
)

func version(odd bool) string {
	parts, count := numbers, 3-random.Intn(7)/5
	if odd {
		parts, count = oddNumbers, 1+random.Intn(4)
	}
	text := ""
	if in(6) {
		text = "v"
	}
	for i := range count {
		if i > 0 {
			text += "."
		}
		text += oneOf(parts)
	}
	return text + oneOf(prereleases) + oneOf(metadata)
}

func constraint() string {
	text := ""
	for i := range 1 + random.Intn(2)*random.Intn(4) {
		if i > 0 {
			text += oneOf(separators)
		}
		text += oneOf(operators) + oneOf([]string{"", "", "", " "})
		if in(3) {
			text += oneOf(open)
		} else {
			text += version(in(4))
		}
	}
	if in(20) {
		text += oneOf(separators)
	}
	return text
}

func described(v *semver.Version, err error) string {
	if err != nil {
		return failure(err)
	}
	return coded(v.String()) + " " + coded(v.Original())
}

func askAboutVersions(out *bufio.Writer) {
	text := version(in(3))
	v, err := semver.NewVersion(text)
	fmt.Fprintf(out, "loose %s = %s\n", coded(text), described(v, err))
	strict, strictErr := semver.StrictNewVersion(text)
	fmt.Fprintf(out, "strict %s = %s\n", coded(text), described(strict, strictErr))

	other := version(false)
	o, otherErr := semver.NewVersion(other)
	if err == nil && otherErr == nil {
		fmt.Fprintf(out, "order %s %s = %d\n", coded(text), coded(other), v.Compare(o))
	}
	range_ := constraint()
	c, err := semver.NewConstraint(range_)
	if err != nil {
		fmt.Fprintf(out, "check %s x = %s\n", coded(range_), failure(err))
		return
	}
	for range 4 {
		text := version(false)
		if v, err := semver.NewVersion(text); err == nil {
			fmt.Fprintf(out, "check %s %s = %t\n", coded(range_), coded(text), c.Check(v))
		}
	}
}
