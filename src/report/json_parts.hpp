// Parts that the report and explanations have in common.
#pragma once

#include "celldrift/audit/report.hpp"
#include "report/json_writer.hpp"

#include <optional>
#include <vector>

namespace celldrift::report {

void write_finding(JsonWriter& json, const audit::Finding& finding);
void write_object(JsonWriter& json, const audit::ObjectRef& object);
// null for none.
void write_owner(JsonWriter& json, const std::optional<compare::Owner>& owner);
void write_decisions(JsonWriter& json, const std::vector<compare::Decision>& decisions);
void write_value(JsonWriter& json, const std::optional<Value>& value);

}  // namespace celldrift::report
