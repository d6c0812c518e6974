// Strings and lists of them: splitting, joining, quoting several values.
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "sprig/families.hpp"
#include "sprig/values.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any quoted(const Call& call) {
  std::string result;
  for (const Any& value : call.arguments) {
    if (!value.is_nil()) {
      result += (result.empty() ? "" : " ") + quote(text_of(value));
    }
  }
  return call.heap.string(result);
}

Any single_quoted(const Call& call) {
  std::string result;
  for (const Any& value : call.arguments) {
    if (!value.is_nil()) {
      result += (result.empty() ? "'" : " '") + format_value(value) + "'";
    }
  }
  return call.heap.string(result);
}

Any cat(const Call& call) {
  std::string result;
  bool first = true;
  for (const Any& value : call.arguments) {
    if (!value.is_nil()) {
      result += (first ? "" : " ") + format_value(value);
      first = false;
    }
  }
  return call.heap.string(result);
}

// strings.SplitN: at most `limit` parts, any number when it is negative. An empty separator cuts
// after each code point.
std::vector<std::string_view> cut(const Call& call,
                                  std::string_view s,
                                  std::string_view separator,
                                  std::int64_t limit) {
  std::vector<std::string_view> parts;
  const auto is_last = [&] { return limit >= 0 && std::int64_t(parts.size()) + 1 >= limit; };
  while (limit != 0 && !is_last()) {
    const std::size_t at = separator.empty() ? utf8::decode(s).length : s.find(separator);
    if (at == std::string_view::npos || (separator.empty() && at >= s.size())) {
      break;
    }
    charge(call, sizeof(Any));
    parts.push_back(s.substr(0, at));
    s.remove_prefix(at + separator.size());
  }
  if (limit != 0 && (!separator.empty() || !s.empty())) {
    parts.push_back(s);
  }
  return parts;
}

// {"_0": first part, "_1": second part, ...}
Any numbered(const Call& call, const std::vector<std::string_view>& parts) {
  std::vector<std::pair<std::string, std::string_view>> entries;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    entries.emplace_back("_" + std::to_string(i), parts[i]);
  }
  std::ranges::sort(entries);  // a Map takes keys in order without moving what it has
  const Any map = call.heap.make_map(string_map_type);
  for (const auto& [key, part] : entries) {
    map.map_node()->set(call.heap.keep(key), Any::string(part));
  }
  return map;
}

Any split(const Call& call) {
  return numbered(call, cut(call, text(call, 1), text(call, 0), -1));
}

Any splitn(const Call& call) {
  return numbered(call, cut(call, text(call, 2), text(call, 0), call[1].as_int()));
}

Any split_list(const Call& call) {
  return kept_strings(cut(call, text(call, 1), text(call, 0), -1), call.heap);
}

Any join(const Call& call) {
  const Any list = string_list(call[1], call.heap);
  std::string result;
  for (const Any& item : list.items()) {
    const bool first = &item == list.items().data();
    charge(call, text(call, 0).size() + item.as_string().size());
    result.append(first ? "" : text(call, 0)).append(item.as_string());
  }
  return call.heap.string(result);
}

// Sorts a []string in place, as sort.StringSlice does.
Any sort_alpha(const Call& call) {
  if (call[0].kind() != Kind::slice) {
    return call.heap.make_strings({text_of(call[0])});
  }
  const Any list = string_list(call[0], call.heap);
  if (list.slice_node() != nullptr) {
    std::ranges::sort(list.slice_node()->items(), {}, &Any::as_string);
  }
  return list;
}

Any to_strings(const Call& call) {
  return string_list(call[0], call.heap);
}

constexpr auto two_texts = takes<string_type, string_type>;
constexpr auto anything = takes<interface_type>;

constexpr Function table[] = {
    {"cat", anything, true, &string_type, cat},
    {"join", takes<string_type, interface_type>, false, &string_type, join},
    {"quote", anything, true, &string_type, quoted},
    {"sortAlpha", anything, false, &string_list_type, sort_alpha},
    {"split", two_texts, false, &string_map_type, split},
    {"splitList", two_texts, false, &string_list_type, split_list},
    {"splitn", takes<string_type, int_type, string_type>, false, &string_map_type, splitn},
    {"squote", anything, true, &string_type, single_quoted},
    {"toStrings", anything, false, &string_list_type, to_strings},
};

}  // namespace

std::span<const Function> joining_functions() {
  return table;
}

}  // namespace celldrift::sprig
