// Go's text/template (Go 1.26): compiled once, run many times, by any number of threads.
//
// Error messages are Go's own, "template: name:line:col: executing "x" at <.y>: …", as the message
// of an Error: parse for what does not compile, config for what fails while it runs, limit where a
// budget is used up.
#pragma once

#include "celldrift/core/mark.hpp"
#include "celldrift/gotemplate/function.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

// Option("missingkey=…"): what a map without the key gives.
enum class MissingKey : std::uint8_t { default_, zero, error };

// Applies one text of goTemplateOptions ("missingkey=error"). Throws Error(config) with Go's panic
// text for one that Go does not know.
MissingKey read_option(std::string_view option);

struct Limits {
  std::size_t steps = 50'000'000;        // nodes walked and functions called
  std::size_t output_bytes = 64u << 20;  // text written
  std::size_t template_depth = 1'000;    // {{template}} within {{template}}, include and tpl
};

// Where one line of the output came from.
struct LineOrigin {
  std::uint32_t template_index = 0;  // in Output::templates
  std::uint32_t line = 0;            // of the template's text, counted from 1
  bool is_volatile = false;          // something on it differs from run to run
};

struct Output {
  std::string text;
  // One per line of `text`: the template line of the first text or value on it that is more than
  // blanks. What {{template}}, include and a multi-line value print is told from the line that it
  // was printed by.
  std::vector<LineOrigin> lines;
  std::vector<std::string> templates;  // names (of the parsed texts) that `lines` refers to
};

struct RunOptions {
  MissingKey missing_key = MissingKey::default_;
  Limits limits{};
  Environment environment{};
  bool trace_lines = false;  // fill Output::lines and Output::templates
};

// A set of associated templates: what {{define}} and {{block}} make joins those parsed by name.
class TemplateSet {
 public:
  // Functions besides those of text/template itself (and, call, eq, ge, gt, html, index, js, le,
  // len, lt, ne, not, or, print, printf, println, slice, urlquery), which the table may replace. It
  // must outlive the set.
  explicit TemplateSet(const FunctionTable& functions);
  ~TemplateSet();
  TemplateSet(TemplateSet&&) noexcept;
  TemplateSet& operator=(TemplateSet&&) noexcept;

  // Parses `text` as the template `name`; its definitions replace earlier ones of the same name
  // (but an empty one replaces nothing), as in Go. Throws Error(parse) with Go's message.
  void parse(std::string_view name, std::string_view text);
  bool has(std::string_view name) const;

  // Runs a template; `dot` must live in `heap`. Const and thread-safe as long as each thread has
  // its own heap. Values that outlive the run in the heap may point into the set.
  Output execute(std::string_view name, Any dot, Heap& heap, const RunOptions& options = {}) const;

  struct Body;

 private:
  std::unique_ptr<Body> body_;
};

// The run that a function is called from: for functions that run templates themselves (Helm's
// include and tpl).
class Executor {
 public:
  virtual ~Executor() = default;
  // Runs a template of the running set within this run's budgets and gives its text. Errors are
  // those of the inner template.
  virtual std::string include(std::string_view name, Any dot) = 0;
  // Runs a text with the running set's functions and definitions, as Helm's tpl.
  virtual std::string run_text(std::string_view name, std::string_view text, Any dot) = 0;
};

}  // namespace celldrift::gotemplate
