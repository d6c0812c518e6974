// The rules that come with celldrift, in rules/packs/.
#include "audit/rules/read_parts.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::embedded {
extern const std::string_view pack_argo_cd;
extern const std::string_view pack_cells;
extern const std::string_view pack_defaults;
extern const std::string_view pack_flux;
extern const std::string_view pack_kyverno;
extern const std::string_view pack_managers;
}  // namespace celldrift::embedded

namespace celldrift::audit {
namespace {

struct Embedded {
  std::string_view name;
  const std::string_view& text;
  bool is_on;
};

// Those that are off say what not every fleet wants.
constexpr Embedded embedded_packs[] = {
    {"argo-cd", embedded::pack_argo_cd, true},
    {"cells", embedded::pack_cells, false},
    {"defaults", embedded::pack_defaults, true},
    {"flux", embedded::pack_flux, true},
    {"kyverno", embedded::pack_kyverno, true},
    {"managers", embedded::pack_managers, false},
};

Value document_of(const Embedded& pack) {
  const SourceId source = intern_source(
      {.path = "rules/packs/" + std::string(pack.name) + ".yaml", .blob = "", .commit = ""});
  return yaml::parse(pack.text, {.source = source, .budget = {}}).value;
}

template <class Item>
void mark_as(std::vector<Item>& items, std::string_view pack) {
  for (Item& item : items) {
    item.pack = pack;
    item.name = std::string(pack) + "/" + item.name;
  }
}

Rules rules_of(const Embedded& pack) {
  Rules rules = read_rules(document_of(pack));
  mark_as(rules.rules, pack.name);
  mark_as(rules.waivers, pack.name);
  mark_as(rules.budgets, pack.name);
  return rules;
}

bool is_on(const Embedded& pack, const Value& switches) {
  const Value* value = switches.find(pack.name);
  return value == nullptr ? pack.is_on : value->as_bool();
}

void check(const Value& switches) {
  std::vector<std::string_view> names;
  for (const Embedded& pack : embedded_packs) {
    names.push_back(pack.name);
  }
  const yaml::Fields fields(switches, "packs", names);
  for (const std::string_view name : names) {
    fields.flag(name);
    if (switches.find(name) != nullptr && fields.find(name) == nullptr) {
      throw Error(ErrorCode::config,
                  fields.path(name) + " must be true or false",
                  switches.find(name)->mark());
    }
  }
}

}  // namespace

std::vector<Pack> packs() {
  std::vector<Pack> all;
  for (const Embedded& pack : embedded_packs) {
    all.push_back({.name = pack.name,
                   .about = std::string(document_of(pack).string_at({"about"})),
                   .is_on = pack.is_on});
  }
  return all;
}

Rules pack_rules(const Value& switches) {
  if (!switches.is_null()) {
    check(switches);
  }
  Rules rules;
  for (const Embedded& pack : embedded_packs) {
    if (is_on(pack, switches)) {
      append(rules, rules_of(pack));
    }
  }
  return rules;
}

}  // namespace celldrift::audit
