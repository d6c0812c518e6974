#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/generators/combine.hpp"
#include "fleet/generators/transform.hpp"

#include <map>
#include <set>

namespace celldrift::fleet {
namespace {

// The texts that tell sets of parameters apart, and whose they are.
using Index = std::map<std::string, std::size_t>;

std::set<std::string> keys_of(const Value& spec) {
  std::set<std::string> keys;
  if (const Value* stated = spec.find("mergeKeys")) {
    for (const Value& key : stated->items()) {
      keys.emplace(key.as_string());
    }
  }
  if (keys.empty()) {
    throw Error(ErrorCode::config,
                "no merge keys were specified, Merge requires at least one",
                spec.mark());
  }
  return keys;
}

// Only keys of the map itself count: with Go templates "values.a" is never there, and what is not
// there is null.
std::string key_text(const Params& params, const std::set<std::string>& keys) {
  Value::Map entries;
  for (const std::string& key : keys) {
    const gotemplate::Any* value =
        params.values.map_node() != nullptr ? params.values.map_node()->find(key) : nullptr;
    entries.push_back({key, value != nullptr ? gotemplate::to_value(*value) : Value::null()});
  }
  return yaml::canonical_json(Value::map(std::move(entries)));
}

Index index_of(const std::vector<Params>& sets, const std::set<std::string>& keys) {
  Index index;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const std::string text = key_text(sets[i], keys);
    if (!index.emplace(text, i).second) {
      throw Error(ErrorCode::config,
                  "the parameters from a generator were not unique by the given mergeKeys, Merge "
                  "requires all param sets to be unique. Duplicate key was " +
                      text,
                  sets[i].mark);
    }
  }
  return index;
}

}  // namespace

// Argo CD's own order of the result is random; ours is that of the first generator.
std::vector<Params> generate_merge(const Value& spec, const GeneratorContext& context) {
  const Value* children = spec.find("generators");
  if (children == nullptr || children->size() < 2) {
    throw Error(ErrorCode::config, "found less than two generators, Merge requires two or more");
  }
  std::vector<std::vector<Params>> all;
  for (const Value& child : children->items()) {
    const std::string place = "generators[" + std::to_string(all.size()) + "]";
    all.push_back(child_params(child, nullptr, context, place));
  }
  const std::set<std::string> keys = keys_of(spec);
  std::vector<Params>& base = all.front();
  const Index base_index = index_of(base, keys);
  for (auto over = all.begin() + 1; over != all.end(); ++over) {
    for (const auto& [text, i] : index_of(*over, keys)) {
      const auto match = base_index.find(text);
      if (match == base_index.end()) {
        continue;
      }
      if (context.is_go()) {
        override_deeply(base[match->second], (*over)[i], context.heap);
      } else {
        override_flatly(base[match->second], (*over)[i], context.heap);
      }
    }
  }
  return std::move(base);
}

}  // namespace celldrift::fleet
