// Makes random trees and patterns of files, and says which paths Argo CD's new git file globbing finds.
//
//	doublestar COUNT SEED FOLDER
//
// Each line is {"files": {path: content}, "pattern": text, "found": [paths]} or has "error" instead of "found"; a content
// that begins with "-> " is a link to the rest. What is found is what LsFiles of Argo CD's util/git/client.go gives, sorted
// and each once. The trees are made in FOLDER.
package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

var random *rand.Rand

func oneOf(values []string) string { return values[random.Intn(len(values))] }

var (
	names = []string{"a", "b", "c", "ab", "abc", "x.yaml", "y.yaml", "config.yaml", "é", ".h", "[z]", "{a,b}", "a-b", "{", "}", "\\",
		"a\\", "*", "a,b", "!", "^", "-", "]", "世.yaml", "a.b", "A"}
	parts = []string{"a", "a", "b", "c", "*", "*", "*", "?", "**", "ab", "x", ".yaml", ".", "é", "[a-c]", "[!a]", "[^b-c]", "[é]",
		"{a,b}", "{a,b,}", "{*,a}", "{a/b,c}", "{x,{a,b}}", "{**,a}", "{a/*,*/b}", "\\*", "\\[", "\\{", "\\", "\\a", "[a/b]", "[", "]", "{",
		"}", ",", "[]a]", "[a-]", "[\\]]", "[{]", "{[}]}", "[z]", "-", "{*/a,*/b}", "{*/*,*/*/*}", "{**/a,b}", "..", "{..,a}", "***", "{a,b}/*", "/", "/**/", "[a-c-x]"}
	segments = []string{"**", "*", "a", "b", "c", "*.yaml", "{a,b}", "?", "x.yaml", "[a-c]*", "{a,b}*", "**", "..", ".", "{*,**}", "a*", "{a,b,c}", "*b", "{*/*,*/b*,*/*/*}", "{*/a,*/*/*}"}
)

func tree() map[string]string {
	files := map[string]string{}
	size := 9
	if random.Intn(8) == 0 {
		size = 150
	}
	for range 1 + random.Intn(size) {
		var path []string
		for range 1 + random.Intn(4) {
			path = append(path, oneOf(names[:6+random.Intn(len(names)-6)]))
		}
		content := ""
		if random.Intn(12) == 0 {
			content = "-> " + oneOf([]string{"a", "b", "../a", "a/b", "../x.yaml", "x.yaml"})
		}
		files[filepath.Join(path...)] = content
	}
	return files
}

// Writes what of the files can be written, and takes the rest out.
func write(root string, files map[string]string) {
	paths := []string{}
	for path := range files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		whole := filepath.Join(root, path)
		inside := true
		for parent := filepath.Dir(path); parent != "."; parent = filepath.Dir(parent) {
			_, taken := files[parent]
			inside = inside && !taken
		}
		if !inside || os.MkdirAll(filepath.Dir(whole), 0o755) != nil {
			delete(files, path)
			continue
		}
		var err error
		if target, link := strings.CutPrefix(files[path], "-> "); link {
			err = os.Symlink(target, whole)
		} else {
			err = os.WriteFile(whole, nil, 0o644)
		}
		if err != nil {
			delete(files, path)
		}
	}
}

func pattern() string {
	text := []string{}
	if random.Intn(2) == 0 {
		for range 1 + random.Intn(4) {
			text = append(text, oneOf(segments))
		}
		return strings.Join(text, "/")
	}
	for range 1 + random.Intn(7) {
		text = append(text, oneOf(parts))
		if random.Intn(3) == 0 {
			text = append(text, "/")
		}
	}
	return strings.Join(text, "")
}

func find(root, pattern string) ([]string, error) {
	matches, err := doublestar.FilepathGlob(filepath.Join(root, pattern))
	if err != nil {
		return nil, err
	}
	found := []string{}
	for _, match := range matches {
		target, err := filepath.EvalSymlinks(match)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(match); err != nil {
			return nil, err // Argo CD reads all, and this goes in circles
		}
		if strings.HasPrefix(target, root) {
			relative, err := filepath.Rel(root, match)
			if err != nil {
				return nil, err
			}
			found = append(found, relative)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: doublestar COUNT SEED FOLDER")
		os.Exit(2)
	}
	count, _ := strconv.Atoi(os.Args[1])
	seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
	random = rand.New(rand.NewSource(seed))
	folder, _ := filepath.Abs(os.Args[3])
	folder, _ = filepath.EvalSymlinks(folder)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	var files map[string]string
	root := ""
	for number := range count {
		if number%20 == 0 {
			root = filepath.Join(folder, fmt.Sprintf("tree-%d", number))
			_ = os.MkdirAll(filepath.Join(root, ".git"), 0o755)
			files = tree()
			write(root, files)
		}
		asked := pattern()
		for !strings.HasPrefix(filepath.Join(root, asked), root) {
			asked = pattern() // what is outside is not ours to know
		}
		answer := map[string]any{"files": files, "pattern": asked}
		if found, err := find(root, asked); err != nil {
			answer["error"] = strings.ReplaceAll(strings.ReplaceAll(err.Error(), root, ""), folder, "..")
		} else {
			answer["found"] = found
		}
		_ = out.Encode(answer)
	}
}
