package arch

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// An imported is one import of one file.
type imported struct {
	path string // without the module's path where it is the module's own
	at   string // file:line
	std  bool   // of the standard library, whose paths begin without a host
	test bool   // in a test file
}

// check reports all that is wrong with the module at root, in order, and what
// each of its packages imports.
func check(root string) (problems []string, packages map[string][]imported, err error) {
	if packages, err = readImports(root); err != nil {
		return nil, nil, err
	}
	names := make([]string, 0, len(packages))
	for name := range packages {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		problems = append(problems, checkImports(name, packages[name])...)
		problems = append(problems, checkReach(name, packages)...)
	}
	top, err := checkTop(root)
	return append(problems, top...), packages, err
}

// readImports reads the imports of all Go files below root, by package
// directory. Build constraints make no difference: a forbidden import is
// forbidden on every system.
func readImports(root string) (map[string][]imported, error) {
	packages := map[string][]imported{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); file != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata") {
				return fs.SkipDir
			}
			if rel, err := filepath.Rel(root, file); err == nil && slices.Contains(modules, filepath.ToSlash(rel)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		imports, err := readFile(file, rel)
		if err != nil {
			return fmt.Errorf("reading the imports of %s: %w", rel, err)
		}
		packages[path.Dir(rel)] = append(packages[path.Dir(rel)], imports...)
		return nil
	})
	return packages, err
}

// readFile reads the imports of one file, which is called rel in problems.
func readFile(file, rel string) ([]imported, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []imported
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		host, _, _ := strings.Cut(p, "/")
		imports = append(imports, imported{
			path: own(p),
			at:   fmt.Sprintf("%s:%d", rel, fset.Position(spec.Pos()).Line),
			std:  !strings.Contains(host, "."),
			test: strings.HasSuffix(rel, "_test.go"),
		})
	}
	return imports, nil
}

// own cuts the module's path off its own packages.
func own(p string) string {
	if p == module {
		return "."
	}
	return strings.TrimPrefix(p, module+"/")
}

// checkImports holds the imports of one package against its rule.
func checkImports(name string, imports []imported) []string {
	rule := -1
	for i, r := range rules {
		if matches(name, r.pkg) && (rule < 0 || len(r.pkg) > len(rules[rule].pkg)) {
			rule = i
		}
	}
	if rule < 0 {
		return []string{fmt.Sprintf("package %s has no rule; say in the table what it may import", name)}
	}
	folder, rest, _ := strings.Cut(name, "/")
	if folder == "internal" { // holds folders of its own
		rest, _, _ = strings.Cut(rest, "/")
		folder += "/" + rest
	}
	var problems []string
	for _, i := range imports {
		switch {
		case i.path == "C":
			problems = append(problems, fmt.Sprintf("%s: the module is pure Go and uses no cgo", i.at))
		case i.std, anyMatches(i.path, rules[rule].may), i.test && anyMatches(i.path, rules[rule].tests):
		case matches(i.path, folder+"/..."):
		default:
			problems = append(problems, fmt.Sprintf("%s: package %s may not import %s", i.at, name, i.path))
		}
	}
	return problems
}

// checkReach follows the imports of one package through the module and
// reports the heavy ones that it reaches, each with the way to it.
func checkReach(name string, packages map[string][]imported) []string {
	var never []string
	for _, r := range reach {
		if anyMatches(name, r.from) && !slices.Contains(whole, name) {
			never = append(never, r.never...)
		}
	}
	var problems []string
	way := map[string]string{name: name}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		from := queue[0]
		for _, i := range packages[from] {
			if _, seen := way[i.path]; seen || i.test {
				continue
			}
			way[i.path] = way[from] + " -> " + i.path
			if anyMatches(i.path, never) {
				problems = append(problems, fmt.Sprintf("%s: package %s must not reach %s", i.at, name, way[i.path]))
			}
			queue = append(queue, i.path)
		}
	}
	return problems
}

// matches reports whether a path fits a pattern, as in the go command.
func matches(p, pattern string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return p == prefix || strings.HasPrefix(p, prefix+"/")
	}
	return p == pattern
}

func anyMatches(p string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(p, pattern) })
}

// checkTop reports what does not belong at the top level.
func checkTop(root string) ([]string, error) {
	ignore, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	ignored := strings.Fields(string(ignore))
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || slices.Contains(topLevel, name) ||
			slices.ContainsFunc(ignored, func(pattern string) bool { ok, _ := path.Match(pattern, name); return ok }) {
			continue
		}
		problem := fmt.Sprintf("%s does not belong at the top level, which holds %s", name, strings.Join(topLevel, " "))
		if strings.HasSuffix(name, ".go") {
			problem = fmt.Sprintf("%s: the root holds no Go code but doc.go", name)
		}
		problems = append(problems, problem)
	}
	return problems, nil
}
