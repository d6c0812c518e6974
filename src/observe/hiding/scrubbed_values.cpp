// Which values a Scrubber hides, and what stands in their place.
#include "celldrift/core/text.hpp"
#include "celldrift/observe/scrubber.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/hiding/active_rules.hpp"
#include "observe/hiding/changed.hpp"
#include "observe/hiding/encodings.hpp"
#include "observe/hiding/looks.hpp"
#include "observe/hiding/pieces.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

// "$(DB_PASSWORD)" and "${DB_PASSWORD}" say where a value is, not what it is.
bool is_reference(std::string_view text) {
  return text.starts_with("$(") || text.starts_with("${");
}

// Whether a value has anything at the path, from the step on. Most have nothing, and to find that
// out here costs no copies.
bool has_at(const Value& value, const std::vector<std::string>& path, std::size_t step) {
  if (step == path.size()) {
    return true;
  }
  const bool any_depth = path[step] == "**";
  if (any_depth && has_at(value, path, step + 1)) {
    return true;
  }
  const auto is_below = [&](std::string_view name, const Value& child) {
    return any_depth ? !is_record(name) && has_at(child, path, step)
                     : glob_match(path[step], name) && has_at(child, path, step + 1);
  };
  const auto entries = value.entries();
  const auto items = value.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (is_below(any_depth ? "" : std::to_string(i), items[i])) {
      return true;
    }
  }
  return std::ranges::any_of(
      entries, [&](const Value::Entry& entry) { return is_below(entry.key, entry.value); });
}

}  // namespace

Value Scrubber::hidden_at(const Value& value, const std::vector<std::string>& path) {
  return has_at(value, path, 0) ? by_path(value, path, 0) : value;
}

Value Scrubber::text(const Value& value, Where where) {
  if (known_.empty() || is_secret_hash(value.as_string())) {
    return value;
  }
  const auto hidden =
      hide_pieces(value.as_string(),
                  {.is_secret =
                       [&](std::string_view piece, Accept accept) {
                         const Accept what = where == Where::labels ? Accept::random_only : accept;
                         return is_known(piece, what) || is_known_encoded(piece, what);
                       },
                   .hidden = [&](std::string_view piece) { return shown(piece); }});
  return hidden ? Value::string(*hidden).with_mark(value.mark()) : value;
}

bool Scrubber::is_known(std::string_view text, Accept accept) const {
  if (!known_.may_have(text.size())) {
    return false;
  }
  const auto tells = known_.find(text, key_);
  if (!tells) {
    return false;
  }
  if (text.size() < least_secret_bytes) {
    return accept == Accept::whole && *tells == KnownSecrets::Tells::password;
  }
  const bool by_words =
      accept == Accept::whole || (accept == Accept::any && *tells != KnownSecrets::Tells::ordinary);
  const Looks how = looks(text);
  return how == Looks::random || (how == Looks::words && by_words);
}

bool Scrubber::is_known_encoded(std::string_view text, Accept accept) const {
  std::string decoded;
  const std::size_t length = base64_length(text);
  const bool may_be = known_.may_have(length) || known_.may_have(length - 1);  // a line end
  if (may_be && from_base64(text, decoded) && is_known(decoded, accept)) {
    return true;
  }
  return from_percents(text, decoded) && is_known(decoded, accept);
}

std::string Scrubber::shown(std::string_view text) const {
  return show_ == Show::mask ? std::string(secret_mask) : key_.hash(text);
}

Value Scrubber::hidden(const Value& value) {
  if (value.is_null()) {
    return value;
  }
  const std::string text =
      value.is_string() ? std::string(value.as_string()) : yaml::canonical_json(value);
  const bool stays =
      text.empty() || is_secret_hash(text) || is_reference(text) || text == secret_mask;
  return stays ? value : Value::string(shown(text)).with_mark(value.mark());
}

Value Scrubber::all_below(const Value& value) {
  if (value.is_map()) {
    return with_changed(value, [&](const Value::Entry& each) { return all_below(each.value); });
  }
  return value.is_list()
             ? with_changed_items(value, [&](const Value& item) { return all_below(item); })
             : hidden(value);
}

Value Scrubber::by_path(const Value& value,
                        const std::vector<std::string>& path,
                        std::size_t step) {
  if (step == path.size()) {
    return all_below(value);
  }
  const bool any_depth = path[step] == "**";
  const Value here = any_depth ? by_path(value, path, step + 1) : value;
  const auto below = [&](std::string_view name, const Value& child) {
    if (any_depth) {
      return is_record(name) ? child : by_path(child, path, step);
    }
    return glob_match(path[step], name) ? by_path(child, path, step + 1) : child;
  };
  if (here.is_map()) {
    return with_changed(here,
                        [&](const Value::Entry& each) { return below(each.key, each.value); });
  }
  std::size_t index = 0;
  return here.is_list()
             ? with_changed_items(
                   here, [&](const Value& item) { return below(std::to_string(index++), item); })
             : here;
}

}  // namespace celldrift::observe
