#include "compare/rights/limits.hpp"

#include "celldrift/core/kinds.hpp"
#include "compare/meaning/quantity.hpp"
#include "compare/rights/judge_row.hpp"
#include "compare/rights/path_pattern.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

const PathPattern& containers() {
  static const PathPattern pattern = PathPattern::parse("spec.*ontainers[*].resources");
  return pattern;
}

// Whether a LimitRange has that default for a resource. `list` is "requests" or "limits".
bool sets(const Value& limit_range,
          std::string_view list,
          std::string_view name,
          const Value& have) {
  const char* field = list == "limits" ? "default" : "defaultRequest";
  const Value* limits = limit_range.find({"spec", "limits"});
  return limits != nullptr && std::ranges::any_of(limits->items(), [&](const Value& limit) {
           const Value* value = limit.find({field, name});
           return limit.string_at({"type"}) == "Container" && value != nullptr &&
                  same_quantity(scalar_text(*value), scalar_text(have), Rounding::milli);
         });
}

// All that `have` has under `list` are its defaults.
bool sets_all(const Value& limit_range, std::string_view list, const Value& have) {
  return std::ranges::all_of(have.entries(), [&](const Value::Entry& entry) {
    return sets(limit_range, list, entry.key, entry.value);
  });
}

// The fields of the path below "resources": {}, {"limits"} or {"limits", "cpu"}.
std::vector<std::string> below_resources(const Path& path) {
  std::vector<std::string> fields;
  for (std::size_t i = containers().steps().size(); i < path.steps().size(); ++i) {
    const auto* field = std::get_if<Path::Field>(&path.steps()[i]);
    fields.push_back(field == nullptr ? "" : field->name);
  }
  return fields;
}

bool explains(const Value& limit_range, const Path& path, const Value& have) {
  const auto fields = below_resources(path);
  if (fields.size() >= 2) {
    return sets(limit_range, fields[0], fields[1], have);
  }
  if (fields.size() == 1) {
    return sets_all(limit_range, fields[0], have);
  }
  return std::ranges::all_of(have.entries(), [&](const Value::Entry& entry) {
    return sets_all(limit_range, entry.key, entry.value);
  });
}

}  // namespace

Limits::Limits(const CellView& view) : unknown_(view.unknown) {
  for (const Value* each : view.all ? view.all(limit_range_kind) : std::vector<const Value*>{}) {
    by_namespace_[std::string(each->string_at({"metadata", "namespace"}))].push_back(*each);
  }
}

Ruling Limits::rule_on(const ObjectKey& key, const Difference& difference) const {
  if (key.group_kind() != pod_kind || difference.change != Change::added || difference.owner ||
      !containers().covers(difference.path, Value(), found(difference))) {
    return {};
  }
  if (const auto found_here = by_namespace_.find(key.ns); found_here != by_namespace_.end()) {
    for (const Value& limit_range : found_here->second) {
      if (explains(limit_range, difference.path, found(difference))) {
        const std::string name =
            "LimitRange " + key.ns + "/" + std::string(limit_range.string_at({"metadata", "name"}));
        return {.kind = Ruling::Kind::by_right,
                .rule = "limit-range",
                .by = name,
                .reason = name + " gives containers requests and limits where they state none"};
      }
    }
  }
  const auto reason = unknown_ ? unknown_(limit_range_kind, key.ns) : std::nullopt;
  if (!reason) {
    return {};
  }
  return {.kind = Ruling::Kind::undecided,
          .reason = difference.path.text() +
                    " may be a LimitRange's, which could not be looked at: " + *reason};
}

}  // namespace celldrift::compare
