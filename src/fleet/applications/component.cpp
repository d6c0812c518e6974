#include "fleet/applications/component.hpp"

#include "celldrift/core/text.hpp"
#include "fleet/names.hpp"
#include "fleet/templates/template_engine.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

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
bool stands_for(std::string_view value, const Cell& cell, std::string_view normalized_cell_name) {
  if (value.empty()) {
    return false;
  }
  if (value == cell.server || find_word(value, cell.name) != std::string_view::npos ||
      find_word(value, normalized_cell_name) != std::string_view::npos) {
    return true;
  }
  return std::ranges::any_of(cell.labels, [&](const auto& label) { return label.second == value; });
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

// A name's template, taken apart once for all Applications that were made with it.
struct NameTemplate {
  struct Piece {
    std::string_view text;  // as written
    std::size_t key;        // the index of the key that a tag names; no_key for anything else
    bool is_tag;
  };
  static constexpr std::size_t no_key = std::size_t(-1);
  std::vector<Piece> pieces;
};

// What the names of one generator's Applications are made of.
struct GeneratorNames {
  std::map<const GeneratorOrigin*, NameTemplate> templates;
  std::vector<std::string> keys;  // that any of the templates names
  // Whether a key stands for the cell. All parameters must agree, or a value that happens to be
  // some cell's label ("backend") would be taken out in that cell only.
  std::vector<bool> is_own;
  std::vector<bool> is_refuted;

  bool is_identity(std::size_t key) const { return is_own[key] && !is_refuted[key]; }
};

std::size_t index_of(std::string_view key, GeneratorNames& names) {
  const auto known = std::ranges::find(names.keys, key);
  if (known != names.keys.end()) {
    return std::size_t(known - names.keys.begin());
  }
  names.keys.emplace_back(key);
  names.is_own.push_back(false);
  names.is_refuted.push_back(false);
  return names.keys.size() - 1;
}

void add_template(const GeneratorOrigin& from, Engine engine, GeneratorNames& names) {
  const auto [place, is_new] = names.templates.try_emplace(&from);
  if (!is_new) {
    return;
  }
  for_each_piece(from.name_template.as_string(), [&](const TemplatePiece& piece) {
    const std::string_view key = key_of(piece, engine);
    place->second.pieces.push_back(
        {piece.text, key.empty() ? NameTemplate::no_key : index_of(key, names), piece.is_tag});
  });
}

// The name's template without the tags that stand for the cell; nothing when it has tags that say
// more than a parameter's name. `texts` are those of the generator's keys.
std::optional<std::string> without_identity(const NameTemplate& name_template,
                                            const GeneratorNames& names,
                                            std::span<const std::optional<std::string>> texts,
                                            Engine engine) {
  Joiner name;
  for (const NameTemplate::Piece& piece : name_template.pieces) {
    const std::optional<std::string>* value =
        piece.key != NameTemplate::no_key && texts[piece.key] ? &texts[piece.key] : nullptr;
    if (engine == Engine::go && piece.is_tag && value == nullptr) {
      return std::nullopt;
    }
    if (value != nullptr && names.is_identity(piece.key)) {
      name.leave_out();
    } else {
      name.add(value != nullptr ? std::string_view(**value) : piece.text);
    }
  }
  return name.take();
}

// The Applications of one set, and what their names are made of.
class Naming {
 public:
  Naming(std::span<const Placed> placed, Engine engine) : placed_(placed), engine_(engine) {
    for (const Placed& one : placed_) {
      add_template(*one.generated->from, engine_, names_of(one));
    }
    for (const Placed& one : placed_) {
      GeneratorNames& names = names_of(one);
      firsts_.push_back(texts_.size());
      for (std::size_t key = 0; key < names.keys.size(); ++key) {
        texts_.push_back(flattened_at(one.generated->params.values, names.keys[key]));
        judge_key(one, key, names);
      }
    }
  }

  std::string component_of(std::size_t index) {
    const Placed& one = placed_[index];
    const GeneratorNames& names = names_of(one);
    const std::optional<std::string> component =
        without_identity(names.templates.at(one.generated->from.get()),
                         names,
                         std::span(texts_).subspan(firsts_[index], names.keys.size()),
                         engine_);
    return component ? *component : without_cell_name(one.application->name, *one.cell);
  }

 private:
  GeneratorNames& names_of(const Placed& placed) {
    return generators_[placed.generated->from->generator];
  }

  // By the text that was added last.
  void judge_key(const Placed& one, std::size_t key, GeneratorNames& names) {
    if (!texts_.back() || names.is_refuted[key]) {
      return;
    }
    const bool is_own = one.generated->params.tells_cells_apart(names.keys[key]) ||
                        stands_for(*texts_.back(), *one.cell, normalized_name_of(*one.cell));
    names.is_own[key] = names.is_own[key] || is_own;
    names.is_refuted[key] = !is_own;
  }

  const std::string& normalized_name_of(const Cell& cell) {
    const auto [place, is_new] = normalized_.try_emplace(&cell);
    if (is_new) {
      place->second = normalized_name(cell.name);
    }
    return place->second;
  }

  std::span<const Placed> placed_;
  Engine engine_;
  std::map<std::size_t, GeneratorNames> generators_;
  std::vector<std::optional<std::string>> texts_;  // those of each Application, one after another
  std::vector<std::size_t> firsts_;                // where an Application's begin
  std::unordered_map<const Cell*, std::string> normalized_;
};

// Components that more than one Application of a cell would have.
std::unordered_set<std::string> ambiguous(std::span<const Placed> placed) {
  std::unordered_map<std::string_view, std::unordered_set<std::string_view>> seen;  // by cell
  std::unordered_set<std::string> repeated;
  for (const Placed& one : placed) {
    if (!seen[one.cell->name].insert(one.application->component).second) {
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
  Naming naming(placed, engine);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    std::string component = naming.component_of(i);
    placed[i].application->component = component.empty() ? set_name : std::move(component);
  }
  const std::unordered_set<std::string> repeated = ambiguous(placed);
  if (repeated.empty()) {
    return;
  }
  for (const Placed& one : placed) {
    if (repeated.contains(one.application->component)) {
      one.application->component = without_cell_name(one.application->name, *one.cell);
    }
  }
  const std::unordered_set<std::string> still_repeated = ambiguous(placed);
  for (const Placed& one : placed) {
    if (still_repeated.contains(one.application->component)) {
      one.application->component = one.application->name;
    }
  }
}

}  // namespace celldrift::fleet
