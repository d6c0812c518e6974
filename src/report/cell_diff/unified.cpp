// celldrift diff as unified diffs.
#include "celldrift/core/error.hpp"
#include "celldrift/report/cell_diff.hpp"
#include "report/cell_diff/summary.hpp"
#include "report/page/page.hpp"
#include "report/unified/hunks.hpp"

namespace celldrift::report {
namespace {

void put(std::string& text, Style style, const std::string& line, const TextOptions& options) {
  const bool is_coloured = options.colour == Colour::yes && style != Style::plain;
  text += is_coloured ? escape_of(style) : "";
  text += printable(line);
  text += is_coloured ? "\x1b[0m\n" : "\n";
}

std::string head(const Value& side, const std::string& cell, const std::string& subject) {
  return side.is_null() ? "/dev/null" : cell + ": " + subject;
}

}  // namespace

std::string cell_diff_unified(const audit::CellDiff& diff, const TextOptions& options) {
  std::string text;
  put(text, Style::dim, "# " + cell_diff_summary(diff), options);
  for (const Problem& problem : diff.problems) {
    put(text, Style::dim, "# could not be looked at: " + problem.message, options);
  }
  if (options.quiet) {
    return text;
  }
  for (const audit::ObjectPair& pair : diff.pairs) {
    text += '\n';
    put(text, Style::bold, "--- " + head(pair.left, diff.left.name, pair.subject), options);
    put(text, Style::bold, "+++ " + head(pair.right, diff.right.name, pair.subject), options);
    for (const std::string& line :
         hunks(yaml_lines(pair.left), yaml_lines(pair.right), options.context.value_or(3))) {
      put(text, style_of_line(line), line, options);
    }
  }
  return text;
}

}  // namespace celldrift::report
