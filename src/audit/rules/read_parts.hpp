// The parts that rules of all sorts are written in.
#pragma once

#include "celldrift/audit/rules.hpp"
#include "celldrift/yaml/fields.hpp"

#include <span>

namespace celldrift::audit {

// Error(config) at the value of `key`: "<where>: <key> <what>".
[[noreturn]] void refuse(const yaml::Fields& fields, std::string_view key, const std::string& what);

// One of the names, or a list of them, each one of `allowed`.
std::vector<std::string> choices(const yaml::Fields& fields,
                                 std::string_view key,
                                 std::span<const std::string_view> allowed);
// One of them; "" where there is none.
std::string choice(const yaml::Fields& fields,
                   std::string_view key,
                   std::span<const std::string_view> allowed);
std::optional<Severity> severity_at(const yaml::Fields& fields);

// "tier=canary,!old", or a map: {tier: canary, region: [eu, us]}.
std::optional<LabelSelector> selector_at(const yaml::Fields& fields, std::string_view key);
// The keys `cells` and `cellLabels`.
CellSelector cells_at(const yaml::Fields& fields);
// A map of these two, or names of cells.
CellSelector cells_of(const yaml::Fields& fields, std::string_view key);

std::optional<std::uint64_t> number_at(const yaml::Fields& fields, std::string_view key);
// "90m", "24h", "7d".
std::optional<std::chrono::seconds> duration_at(const yaml::Fields& fields, std::string_view key);
// "2026-12-24": the first moment after that day, in UTC; or an RFC 3339 time as it is.
std::optional<Time> end_of(const yaml::Fields& fields, std::string_view key);

// The map at `match`; `where` names it in messages.
Match read_match(const Value& map, const std::string& where);

}  // namespace celldrift::audit
