#include "celldrift/compare/rights.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/rights/rights_row.hpp"

namespace celldrift::embedded {
extern const std::string_view rights_yaml;
}

namespace celldrift::compare {

const RightsTable& RightsTable::builtin() {
  static const RightsTable table = [] {
    static const auto source =
        intern_source({.path = "rules/rights.yaml", .blob = "", .commit = ""});
    const Value rules = yaml::parse(embedded::rights_yaml, {.source = source, .budget = {}}).value;
    const Value* rows = rules.find("rights");
    return RightsTable().with(rows == nullptr ? Value() : *rows);
  }();
  return table;
}

RightsTable RightsTable::with(const Value& rows) const {
  if (!rows.is_list()) {
    throw Error(ErrorCode::config, "a table of rights is a list of rows", rows.mark());
  }
  std::vector<RightsRow> all = rows_ == nullptr ? std::vector<RightsRow>() : *rows_;
  for (const Value& row : rows.items()) {
    all.push_back(read_rights_row(row));
  }
  RightsTable table;
  table.rows_ = std::make_shared<const std::vector<RightsRow>>(std::move(all));
  return table;
}

const std::vector<RightsRow>& RightsTable::rows() const {
  static const std::vector<RightsRow> none;
  return rows_ == nullptr ? none : *rows_;
}

}  // namespace celldrift::compare
