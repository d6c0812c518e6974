#include "fleet/applications/list_items.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace celldrift::fleet {
namespace {

// As in Path::Item; one without a name is the item's value itself. Empty where it has none.
using Keys = std::vector<std::pair<std::string, Value>>;

Keys keys_among(const Value& item, std::initializer_list<std::string_view> fields) {
  Keys keys;
  for (const std::string_view field : fields) {
    if (const std::string_view text = item.string_at({field}); !text.empty()) {
      keys.emplace_back(field, Value::string(text));
    }
  }
  return keys;
}

Keys by_name(const Value& item) {
  return keys_among(item, {"name"});
}

Keys by_rule(const Value& item) {
  return keys_among(item, {"group", "kind", "namespace", "name"});
}

// The first that it has: a name is the source's own, a repository may be that of others too.
Keys by_source(const Value& item) {
  Keys keys = keys_among(item, {"name", "ref", "repoURL"});
  keys.resize(std::min<std::size_t>(keys.size(), 1));
  return keys;
}

Keys by_text(const Value& item) {
  return item.is_string() ? Keys{{"", item}} : Keys();
}

// "app=registry:5000/app:1.2", "registry:5000/app:1.2", "app@sha256:…"
Keys by_image(const Value& item) {
  if (!item.is_string()) {
    return {};
  }
  std::string_view image = item.as_string();
  if (const auto at = image.find('='); at != image.npos) {
    image = image.substr(0, at);
  } else {
    image = image.substr(0, image.find('@'));
    const auto tag = image.rfind(':');
    const auto slash = image.rfind('/');
    const bool is_port = tag != image.npos && slash != image.npos && tag < slash;
    image = is_port ? image : image.substr(0, tag);
  }
  return image.empty() ? Keys() : Keys{{"name", Value::string(image)}};
}

// What an item is still the same for when its key is another: what stands in its place.
enum class Place { no, yes };

struct ListKind {
  std::string_view parent;
  std::string_view list;
  Keys (*keys)(const Value& item);
  Place place = Place::no;
};
constexpr ListKind list_kinds[] = {
    {"helm", "parameters", by_name},
    {"helm", "fileParameters", by_name},
    {"helm", "valueFiles", by_text},
    {"kustomize", "images", by_image},
    {"kustomize", "replicas", by_name},
    {"kustomize", "components", by_text},
    {"jsonnet", "extVars", by_name},
    {"jsonnet", "tlas", by_name},
    {"plugin", "env", by_name},
    {"plugin", "parameters", by_name},
    {"spec", "sources", by_source, Place::yes},
    {"spec", "ignoreDifferences", by_rule},
    {"ignoreDifferences", "jsonPointers", by_text},
    {"ignoreDifferences", "jqPathExpressions", by_text},
    {"ignoreDifferences", "managedFieldsManagers", by_text},
    {"spec", "info", by_name},
    {"syncPolicy", "syncOptions", by_text},
};

const ListKind* kind_of(const Path& path) {
  std::string_view names[2];  // of the last two fields, the last one first
  std::size_t count = 0;
  for (std::size_t i = path.steps().size(); i > 0 && count < 2; --i) {
    if (const auto* field = std::get_if<Path::Field>(&path.steps()[i - 1])) {
      names[count++] = field->name;
    }
  }
  const bool ends_in_list =
      !path.empty() && std::holds_alternative<Path::Field>(path.steps().back());
  const auto found = std::ranges::find_if(list_kinds, [&](const ListKind& kind) {
    return ends_in_list && kind.list == names[0] && kind.parent == names[1];
  });
  return found == std::end(list_kinds) ? nullptr : found;
}

std::string text_of(const Keys& keys) {
  std::string text;
  for (const auto& [name, value] : keys) {
    text += name + '\0' + std::string(value.as_string()) + '\0';
  }
  return text;
}

struct Named {
  Keys keys;
  const Value* item = nullptr;
  std::size_t index = 0;
};
using ByKeys = std::map<std::string, Named>;

// Nothing where an item has no keys, or those of another.
std::optional<ByKeys> by_keys(const ListKind& kind, const Value& list) {
  ByKeys items;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Named named{.keys = kind.keys(list.items()[i]), .item = &list.items()[i], .index = i};
    std::string text = text_of(named.keys);
    if (text.empty() || !items.emplace(std::move(text), std::move(named)).second) {
      return std::nullopt;
    }
  }
  return items;
}

bool have_same_keys(const ByKeys& a, const ByKeys& b) {
  return std::ranges::equal(
      a, b, [](const auto& one, const auto& other) { return one.first == other.first; });
}

// Of those that both have, as they follow each other in one of them.
std::vector<std::string_view> order_of(const ByKeys& items, const ByKeys& others) {
  std::map<std::size_t, std::string_view> order;
  for (const auto& [text, named] : items) {
    if (others.contains(text)) {
      order.emplace(named.index, text);
    }
  }
  std::vector<std::string_view> keys;
  for (const auto& [index, text] : order) {
    keys.push_back(text);
  }
  return keys;
}

Path::Step step_of(const Keys& keys, std::optional<std::size_t> index) {
  if (keys.front().first.empty()) {
    return Path::Member{keys.front().second, index};
  }
  return Path::Item{keys, index};
}

std::vector<ItemPair> paired(const ByKeys& before, const ByKeys& after) {
  std::vector<ItemPair> pairs(after.size());
  for (const auto& [text, named] : after) {
    const auto old = before.find(text);
    pairs[named.index] = {.step = step_of(named.keys, named.index),
                          .before = old == before.end() ? nullptr : old->second.item,
                          .after = named.item};
  }
  std::map<std::size_t, ItemPair> gone;
  for (const auto& [text, named] : before) {
    if (!after.contains(text)) {
      gone.emplace(named.index,
                   ItemPair{.step = step_of(named.keys, std::nullopt), .before = named.item});
    }
  }
  for (auto& [index, pair] : gone) {
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::vector<ItemPair> by_place(const Value& before, const Value& after) {
  const auto item = [](const Value& list, std::size_t i) {
    return i < list.size() ? &list.items()[i] : nullptr;
  };
  std::vector<ItemPair> pairs;
  for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
    pairs.push_back({.step = Path::Index{i}, .before = item(before, i), .after = item(after, i)});
  }
  return pairs;
}

}  // namespace

bool has_named_items(const Path& path) {
  return kind_of(path) != nullptr;
}

std::optional<std::vector<ItemPair>> paired_items(const Path& path,
                                                  const Value& before,
                                                  const Value& after) {
  const ListKind* kind = kind_of(path);
  const auto old_ones = kind == nullptr ? std::nullopt : by_keys(*kind, before);
  const auto new_ones = kind == nullptr ? std::nullopt : by_keys(*kind, after);
  if (!old_ones || !new_ones) {
    return by_place(before, after);
  }
  if (kind->place == Place::yes && before.size() == after.size() &&
      !have_same_keys(*old_ones, *new_ones)) {
    return by_place(before, after);
  }
  if (order_of(*old_ones, *new_ones) != order_of(*new_ones, *old_ones)) {
    return std::nullopt;
  }
  return paired(*old_ones, *new_ones);
}

}  // namespace celldrift::fleet
