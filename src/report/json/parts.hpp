// Parts that the report and explanations have in common.
#pragma once

#include "celldrift/audit/report.hpp"
#include "report/json/writer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::report {

// A list of its own, each item written by `write`.
template <class Item, class Write>
void write_list(JsonWriter& json, const std::vector<Item>& items, Write write) {
  json.start_list();
  for (const Item& item : items) {
    write(json, item);
  }
  json.end_list();
}

// What the documents about a whole fleet begin with: schema, complete, verdict, manifests, cells.
void start_document(JsonWriter& json, std::string_view schema, const audit::Report& report);
void write_manifests(JsonWriter& json, const audit::ManifestsInfo& manifests);
void write_names(JsonWriter& json, const std::vector<std::string>& names);
void write_finding(JsonWriter& json, const audit::Finding& finding);
void write_object(JsonWriter& json, const audit::ObjectRef& object);
// `finding`: also who last changed the line; null leaves that out.
void write_source(JsonWriter& json, const Mark& mark, const audit::Finding* finding = nullptr);
// null for none.
void write_owner(JsonWriter& json, const std::optional<compare::Owner>& owner);
void write_owners(JsonWriter& json, const std::vector<compare::Owner>& owners);
void write_decisions(JsonWriter& json, const std::vector<compare::Decision>& decisions);
void write_group(JsonWriter& json, const audit::ValueGroup& group);
void write_problem(JsonWriter& json, const Problem& problem);
void write_value(JsonWriter& json, const std::optional<Value>& value);

}  // namespace celldrift::report
