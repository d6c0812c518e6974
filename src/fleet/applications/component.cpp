#include "fleet/applications/component.hpp"

#include "celldrift/core/text.hpp"
#include "fleet/names.hpp"
#include "fleet/templates/template_engine.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::fleet {
namespace {

bool is_separator(char c) {
  return c == '-' || c == '.' || c == '_' || c == '/';
}

// Where `word` stands in `text` between separators or ends; npos when it does not.
std::size_t find_word(std::string_view text, std::string_view word) {
  if (word.empty()) {
    return std::string_view::npos;
  }
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || is_separator(text[at - 1])) &&
        (end == text.size() || is_separator(text[end]))) {
      return at;
    }
  }
  return std::string_view::npos;
}

// Texts that grow piece by piece; a piece left out takes one separator beside it along.
class Joiner {
 public:
  void add(std::string_view piece) {
    if (drop_next_ && !piece.empty()) {
      piece.remove_prefix(is_separator(piece.front()) ? 1 : 0);
      drop_next_ = false;
    }
    text_ += piece;
  }
  void leave_out() {
    if (!text_.empty() && is_separator(text_.back())) {
      text_.pop_back();
    } else if (text_.empty()) {
      drop_next_ = true;
    }
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool drop_next_ = false;
};

// A list element's value that stands for its cell: it is one of the cell's own names or labels, or
// has its name as a word.
bool stands_for(std::string_view value, const Cell& cell) {
  if (value.empty()) {
    return false;
  }
  if (value == cell.server || find_word(value, cell.name) != std::string_view::npos ||
      find_word(value, normalized_name(cell.name)) != std::string_view::npos) {
    return true;
  }
  return std::ranges::any_of(cell.labels, [&](const auto& label) { return label.second == value; });
}

using Keys = std::set<std::string, std::less<>>;

// The parameters of each Application as texts, by dotted key.
std::vector<FlatParams> texts_of(std::span<const Placed> placed) {
  std::vector<FlatParams> all;
  all.reserve(placed.size());
  for (const Placed& one : placed) {
    all.push_back(flattened(one.generated->params.values));
  }
  return all;
}

// The keys that stand for the cell, by generator. All parameters of a generator must agree, or a
// value that happens to be some cell's label ("backend") would be taken out in that cell only.
std::map<std::size_t, Keys> identities_of(std::span<const Placed> placed,
                                          const std::vector<FlatParams>& texts) {
  std::map<std::size_t, Keys> identities;
  std::map<std::size_t, Keys> refuted;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const std::size_t generator = placed[i].generated->generator;
    Keys& own_keys = identities[generator];
    Keys& other_keys = refuted[generator];
    for (const auto& [key, text] : texts[i]) {
      const bool own =
          placed[i].generated->params.identity.contains(key) || stands_for(text, *placed[i].cell);
      Keys& keys = own ? own_keys : other_keys;
      if (!keys.contains(key)) {
        keys.insert(key);
      }
    }
  }
  for (const auto& [generator, keys] : refuted) {
    for (const std::string& key : keys) {
      identities[generator].erase(key);
    }
  }
  return identities;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                              "XYZ0123456789_") == std::string_view::npos;
}

// The key that a tag names: all of it with fasttemplate; ".a.b" of a Go template is "a.b". Nothing
// for what is more than a name.
std::string_view key_of(const TemplatePiece& piece, Engine engine) {
  if (engine == Engine::fasttemplate) {
    return piece.key;
  }
  if (!piece.key.starts_with('.')) {
    return "";
  }
  const std::string_view path = piece.key.substr(1);
  return std::ranges::all_of(split(path, '.'), is_name) ? path : "";
}

// The name's template without the tags that stand for the cell; nothing when it has tags that say
// more than a parameter's name.
std::optional<std::string> without_identity(const Value& name_template,
                                            const FlatParams& texts,
                                            const Keys& identity,
                                            Engine engine) {
  Joiner name;
  bool is_plain = true;
  for_each_piece(name_template.as_string(), [&](const TemplatePiece& piece) {
    const std::string_view key = key_of(piece, engine);
    const auto value = key.empty() ? texts.end() : texts.find(key);
    is_plain = is_plain && !(engine == Engine::go && piece.is_tag && value == texts.end());
    if (value != texts.end() && identity.contains(key)) {
      name.leave_out();
    } else {
      name.add(value != texts.end() ? std::string_view(value->second) : piece.text);
    }
  });
  return is_plain ? std::optional(name.take()) : std::nullopt;
}

std::string component_of(const Placed& placed,
                         const FlatParams& texts,
                         const Keys& identity,
                         Engine engine) {
  const std::optional<std::string> component =
      without_identity(placed.generated->name_template, texts, identity, engine);
  return component ? *component : without_cell_name(placed.application->name, *placed.cell);
}

// Components that more than one Application of a cell would have.
std::set<std::string> ambiguous(std::span<const Placed> placed) {
  std::set<std::pair<std::string, std::string>> seen;
  std::set<std::string> repeated;
  for (const Placed& one : placed) {
    if (!seen.emplace(one.cell->name, one.application->component).second) {
      repeated.insert(one.application->component);
    }
  }
  return repeated;
}

}  // namespace

std::string without_cell_name(std::string_view name, const Cell& cell) {
  for (const std::string& word : {cell.name, normalized_name(cell.name)}) {
    const std::size_t at = find_word(name, word);
    if (at == std::string_view::npos || name == word) {
      continue;
    }
    Joiner joiner;
    joiner.add(name.substr(0, at));
    joiner.leave_out();
    joiner.add(name.substr(at + word.size()));
    return joiner.take();
  }
  return std::string(name);
}

void name_components(std::span<const Placed> placed, const std::string& set_name, Engine engine) {
  const std::vector<FlatParams> texts = texts_of(placed);
  std::map<std::size_t, Keys> identities = identities_of(placed, texts);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const Placed& one = placed[i];
    const std::string component =
        component_of(one, texts[i], identities[one.generated->generator], engine);
    one.application->component = component.empty() ? set_name : component;
  }
  const std::set<std::string> repeated = ambiguous(placed);
  for (const Placed& one : placed) {
    if (repeated.contains(one.application->component)) {
      one.application->component = without_cell_name(one.application->name, *one.cell);
    }
  }
  const std::set<std::string> still_repeated = ambiguous(placed);
  for (const Placed& one : placed) {
    if (still_repeated.contains(one.application->component)) {
      one.application->component = one.application->name;
    }
  }
}

}  // namespace celldrift::fleet
