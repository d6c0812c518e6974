// Parts that the report and explanations have in common.
#pragma once

#include "celldrift/audit/report.hpp"
#include "report/json_writer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::report {

void write_names(JsonWriter& json, const std::vector<std::string>& names);
void write_finding(JsonWriter& json, const audit::Finding& finding);
void write_object(JsonWriter& json, const audit::ObjectRef& object);
// `finding`: also who last changed the line; null leaves that out.
void write_source(JsonWriter& json, const Mark& mark, const audit::Finding* finding = nullptr);
// null for none.
void write_owner(JsonWriter& json, const std::optional<compare::Owner>& owner);
void write_decisions(JsonWriter& json, const std::vector<compare::Decision>& decisions);
void write_value(JsonWriter& json, const std::optional<Value>& value);

}  // namespace celldrift::report
