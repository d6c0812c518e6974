#include "report/matrix/matrix.hpp"

#include "celldrift/core/text.hpp"
#include "report/matrix/short_text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::report {
namespace {

using audit::Finding;
using audit::Report;
using audit::ValueGroup;
using audit::VersionRow;
using State = MatrixField::State;
using ByFingerprint = std::map<std::string_view, const Finding*>;

ByFingerprint findings_of(const Report& report) {
  ByFingerprint findings;
  for (const Finding& finding : report.findings) {
    findings.emplace(finding.fingerprint, &finding);
  }
  return findings;
}

const Finding* first_finding(const VersionRow& row, const ByFingerprint& findings) {
  const auto found = row.findings.empty() ? findings.end() : findings.find(row.findings.front());
  return found == findings.end() ? nullptr : found->second;
}

std::optional<audit::Severity> worst(const VersionRow& row, const ByFingerprint& findings) {
  std::optional<audit::Severity> severity;
  for (const std::string& fingerprint : row.findings) {
    if (const auto found = findings.find(fingerprint); found != findings.end()) {
      severity = std::max(severity, std::optional(found->second->severity));
    }
  }
  return severity;
}

// How a group stands to the fleet's; "" for the fleet's own. Rollouts have no order.
std::string mark_of(const ValueGroup& group, const Finding* finding) {
  if (finding == nullptr) {
    return "";
  }
  for (const audit::Lag& lag : finding->lag) {
    if (lag.value == group.value) {
      const std::string_view order = lag.order < 0 ? "↓" : lag.order > 0 ? "↑" : "≠";
      return std::string(order) + (lag.why == audit::Lag::Why::declared ? "*" : "");
    }
  }
  const bool is_named =
      std::ranges::find(finding->cells, group.cells.front()) != finding->cells.end();
  return finding->lag.empty() && is_named ? "≠" : "";
}

// One row, by cell.
using Fields = std::map<std::string_view, MatrixField>;

Fields fields_of(const VersionRow& row, const Finding* finding) {
  Fields fields;
  const std::vector<std::string> texts = short_texts(row);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const std::string mark = mark_of(row.values[i], finding);
    for (const std::string& cell : row.values[i].cells) {
      fields[cell] = {
          .state = mark.empty() ? State::fleet : State::outlier, .text = texts[i], .mark = mark};
    }
  }
  return fields;
}

std::vector<const audit::CellSummary*> chosen_cells(const Report& report,
                                                    const std::vector<std::string>& names) {
  std::vector<const audit::CellSummary*> cells;
  for (const audit::CellSummary& cell : report.cells) {
    if (names.empty() || std::ranges::find(names, cell.name) != names.end()) {
      cells.push_back(&cell);
    }
  }
  return cells;
}

MatrixField field_in(const Fields& fields, const audit::CellSummary& cell, audit::FactKind fact) {
  const auto found = fields.find(cell.name);
  if (found != fields.end()) {
    return found->second;
  }
  return is_unread(cell, fact) ? MatrixField{.state = State::unread, .text = "?", .mark = ""}
                               : MatrixField{.state = State::absent, .text = "-", .mark = ""};
}

// A column before its label is known: the fields of all lines, and the cells that have them.
struct Group {
  std::vector<MatrixField> fields;
  std::vector<std::string> cells;
  std::size_t outliers = 0;
};

std::string key_of(const std::vector<MatrixField>& fields) {
  std::string key;
  for (const MatrixField& field : fields) {
    key += char('0' + int(field.state)) + field.text + '\n' + field.mark + '\n';
  }
  return key;
}

std::vector<Group> groups_of(const std::vector<const audit::CellSummary*>& cells,
                             std::span<const VersionRow* const> rows,
                             const std::vector<Fields>& fields) {
  std::map<std::string, Group> by_key;
  for (const audit::CellSummary* cell : cells) {
    std::vector<MatrixField> column;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      column.push_back(field_in(fields[i], *cell, rows[i]->fact));
    }
    Group& group = by_key[key_of(column)];
    group.outliers = std::size_t(std::ranges::count(column, State::outlier, &MatrixField::state));
    group.fields = std::move(column);
    group.cells.push_back(cell->name);
  }
  std::vector<Group> groups;
  for (auto& [key, group] : by_key) {
    groups.push_back(std::move(group));
  }
  std::ranges::sort(groups, {}, &Group::cells);
  const auto largest =
      std::ranges::max_element(groups, {}, [](const Group& group) { return group.cells.size(); });
  if (largest != groups.end()) {
    std::rotate(groups.begin(), largest, largest + 1);
    std::stable_sort(groups.begin() + 1, groups.end(), [](const Group& a, const Group& b) {
      return a.outliers > b.outliers;
    });
  }
  return groups;
}

// Few cells by their names, more of them by their number where that is a name too.
std::string column_label(const Group& group, const std::vector<Group>& groups) {
  constexpr std::size_t shortest = 18;  // columns; names that fit are clearer than any number
  const std::string names = join(group.cells, ", ");
  const std::size_t size = group.cells.size();
  if (size == 1 || names.size() <= shortest) {
    return names;
  }
  const auto same =
      std::ranges::count_if(groups, [&](const Group& other) { return other.cells.size() == size; });
  return same == 1 ? std::to_string(size) + " cells"
                   : group.cells.front() + " +" + std::to_string(size - 1);
}

// Labels that several lines of a component share get the object's name.
void make_labels_distinct(std::vector<MatrixLine>& lines) {
  std::map<std::pair<std::string, std::string>, std::size_t> uses;
  for (const MatrixLine& line : lines) {
    ++uses[{line.row->component, line.label}];
  }
  for (MatrixLine& line : lines) {
    if (uses[{line.row->component, line.label}] > 1) {
      const std::string& subject = line.row->subjects.front();
      const std::size_t more = line.row->subjects.size() - 1;
      line.label += " of " + subject.substr(subject.find(' ') + 1) +
                    (more > 0 ? " +" + std::to_string(more) : "");
    }
  }
}

}  // namespace

bool is_out_of_step(const VersionRow& row) {
  return !row.findings.empty();
}

Matrix matrix_of(const Report& report,
                 std::span<const VersionRow* const> rows,
                 const std::vector<std::string>& cells) {
  const ByFingerprint findings = findings_of(report);
  std::vector<Fields> fields;
  Matrix matrix;
  for (const VersionRow* row : rows) {
    const Finding* finding = first_finding(*row, findings);
    fields.push_back(fields_of(*row, finding));
    matrix.lines.push_back(
        {.row = row, .label = short_label(*row), .severity = worst(*row, findings), .fields = {}});
  }
  make_labels_distinct(matrix.lines);
  const std::vector<Group> groups = groups_of(chosen_cells(report, cells), rows, fields);
  for (const Group& group : groups) {
    matrix.columns.push_back({.label = column_label(group, groups), .cells = group.cells});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      matrix.lines[i].fields.push_back(group.fields[i]);
    }
  }
  return matrix;
}

}  // namespace celldrift::report
