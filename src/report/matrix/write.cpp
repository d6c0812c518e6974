#include "report/matrix/write.hpp"

#include "celldrift/core/text.hpp"
#include "report/page/cutting.hpp"
#include "report/page/utf8.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace celldrift::report {
namespace {

using audit::VersionRow;
using State = MatrixField::State;

constexpr std::size_t gap = 2;
constexpr std::size_t indent = 2;
constexpr std::size_t widest_label = 30;
constexpr std::size_t widest_field = 24;
constexpr std::size_t most_rows = 10;

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = columns(text);
  return text + std::string(width > used ? width - used : 0, ' ');
}

std::string field_text(const MatrixField& field) {
  const std::string mark = field.mark.empty() ? "" : " " + field.mark;
  return cut_middle(field.text, widest_field - columns(mark)) + mark;
}

std::string column_text(const MatrixColumn& column) {
  return cut_middle(column.label, widest_field);
}

std::size_t label_width(const Matrix& matrix) {
  std::size_t width = 0;
  for (const MatrixLine& line : matrix.lines) {
    width = std::max(width, columns(cut_middle(line.label, widest_label)));
  }
  return width;
}

std::size_t column_width(const Matrix& matrix, std::size_t column) {
  std::size_t width = columns(column_text(matrix.columns[column]));
  for (const MatrixLine& line : matrix.lines) {
    width = std::max(width, columns(field_text(line.fields[column])));
  }
  return width;
}

Style style_of(const MatrixLine& line, const MatrixField& field) {
  if (field.state == State::absent || field.state == State::unread) {
    return Style::dim;
  }
  return field.state == State::outlier && line.severity ? report::style_of(*line.severity)
                                                        : Style::plain;
}

// Columns that stand side by side.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t label = 0;            // width of the labels
  std::vector<std::size_t> widths;  // of its columns
};

Stretch stretch_from(const Matrix& matrix, std::size_t begin, std::size_t width) {
  Stretch stretch{.begin = begin, .end = begin, .label = label_width(matrix), .widths = {}};
  std::size_t used = indent + stretch.label;
  while (stretch.end < matrix.columns.size()) {
    const std::size_t next = column_width(matrix, stretch.end);
    if (used + gap + next > width && stretch.end > begin) {
      break;
    }
    used += gap + next;
    stretch.widths.push_back(next);
    ++stretch.end;
  }
  return stretch;
}

void write_header(Page& page, const Matrix& matrix, const Stretch& stretch) {
  Line line = {{std::string(stretch.label, ' ')}};
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    line.push_back({std::string(gap, ' ') +
                        padded(column_text(matrix.columns[i]), stretch.widths[i - stretch.begin]),
                    Style::bold});
  }
  page.line(indent, line);
}

void write_line(Page& page, const MatrixLine& line, const Stretch& stretch) {
  Line spans = {{padded(cut_middle(line.label, widest_label), stretch.label)}};
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    const MatrixField& field = line.fields[i];
    spans.push_back(
        {std::string(gap, ' ') + padded(field_text(field), stretch.widths[i - stretch.begin]),
         style_of(line, field)});
  }
  page.line(indent, spans);
}

void write_stretch(Page& page, const Matrix& matrix, const Stretch& stretch) {
  write_header(page, matrix, stretch);
  std::string_view component;
  for (const MatrixLine& line : matrix.lines) {
    if (&line == matrix.lines.data() || line.row->component != component) {
      page.line(0, {{line.row->component, Style::cyan}});
    }
    component = line.row->component;
    write_line(page, line, stretch);
  }
}

// What is to be known of the marks that are there.
std::string legend(const Matrix& matrix) {
  std::set<std::string> marks;
  for (const MatrixLine& line : matrix.lines) {
    for (const MatrixField& field : line.fields) {
      marks.insert(field.state == State::unread ? "?" : field.state == State::absent ? "-" : "");
      for (const std::string_view mark : {"↓", "↑", "≠", "*"}) {
        marks.insert(field.mark.find(mark) == std::string::npos ? "" : std::string(mark));
      }
    }
  }
  static constexpr std::pair<std::string_view, std::string_view> meanings[] = {
      {"↓", "behind"},
      {"↑", "ahead"},
      {"≠", "differs"},
      {"*", "as Git wants it there"},
      {"-", "not there"},
      {"?", "not read"}};
  std::vector<std::string> parts;
  for (const auto& [mark, meaning] : meanings) {
    if (marks.contains(std::string(mark))) {
      parts.push_back(std::string(mark) + " " + std::string(meaning));
    }
  }
  return join(parts, ", ");
}

// Which cells the counted columns are.
void write_cells(Page& page,
                 const Matrix& matrix,
                 std::size_t shown,
                 const audit::Report& report,
                 const TextOptions& options) {
  for (const MatrixColumn& column : std::span(matrix.columns).first(shown)) {
    const bool is_named = column.label == join(column.cells, ", ");
    if (!is_named && column.cells.size() < report.cells.size()) {
      const std::string label = column_text(column) + ": ";
      page.line(
          indent,
          {{label + cells_text(column.cells, page.room(indent + columns(label)), report, options),
            Style::dim}});
    }
  }
}

std::vector<const VersionRow*> worst_rows(const audit::Report& report, std::size_t& more) {
  std::vector<const VersionRow*> rows;
  for (const VersionRow& row : report.versions) {
    if (is_out_of_step(row)) {
      rows.push_back(&row);
    }
  }
  more = rows.size() > most_rows ? rows.size() - most_rows : 0;
  if (more > 0) {
    const Matrix all = matrix_of(report, rows);
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(
        order, std::greater{}, [&](std::size_t i) { return all.lines[i].severity; });
    order.resize(most_rows);
    std::ranges::sort(order);
    std::vector<const VersionRow*> chosen;
    std::ranges::transform(
        order, std::back_inserter(chosen), [&](std::size_t i) { return rows[i]; });
    return chosen;
  }
  return rows;
}

}  // namespace

void write_matrix(Page& page,
                  const Matrix& matrix,
                  const audit::Report& report,
                  const MatrixLayout& layout,
                  const TextOptions& options) {
  std::size_t shown = 0;
  do {
    const Stretch stretch = stretch_from(matrix, shown, layout.width);
    if (shown > 0) {
      page.gap();
    }
    write_stretch(page, matrix, stretch);
    shown = stretch.end;
  } while (layout.whole && shown < matrix.columns.size());
  if (shown < matrix.columns.size()) {
    page.line(
        indent,
        {{"… " + count(matrix.columns.size() - shown, "more group") + " of cells: celldrift skew",
          Style::dim}});
  }
  write_cells(page, matrix, shown, report, options);
  if (const std::string meaning = legend(matrix); !meaning.empty()) {
    page.line(indent, {{meaning, Style::dim}});
  }
}

void write_short_matrix(Page& page, const audit::Report& report, const TextOptions& options) {
  std::size_t more = 0;
  const std::vector<const VersionRow*> rows = worst_rows(report, more);
  if (rows.empty()) {
    return;
  }
  page.gap();
  page.line(0, {{"Out of step", Style::bold}});
  write_matrix(page,
               matrix_of(report, rows),
               report,
               {.whole = options.full, .width = std::max<std::size_t>(options.width, 40)},
               options);
  if (more > 0) {
    page.line(indent, {{"… and " + std::to_string(more) + " more: celldrift skew", Style::dim}});
  }
}

}  // namespace celldrift::report
