#include "celldrift/core/glob.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The pattern becomes a small non-deterministic automaton, walked with the set of states that are
// alive: no pattern, however hostile, makes it go back over the text.
namespace celldrift {

struct GlobNode {
  enum class Kind { one_of, any_one, any_many, split, jump, end };
  struct State {
    Kind kind = Kind::end;
    std::u32string characters;         // one_of, as pairs: from, to
    bool negated = false;              // one_of, any_one, any_many: none of the characters
    std::vector<std::size_t> targets;  // split, jump
  };
  std::vector<State> states;
};

namespace {

constexpr std::size_t max_pattern = 4096;
constexpr int max_nesting = 32;

// Nothing where the text is not UTF-8.
std::optional<std::u32string> decode(std::string_view text) {
  std::u32string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80    ? 1
                               : first >= 0xf0 ? 4
                               : first >= 0xe0 ? 3
                               : first >= 0xc2 ? 2
                                               : 0;
    if (length == 0 || i + length > text.size()) {
      return std::nullopt;
    }
    char32_t character = length == 1 ? first : first & (0xffu >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80) {
        return std::nullopt;
      }
      character = character << 6 | (next & 0x3fu);
    }
    result += character;
    i += length;
  }
  return result;
}

using State = GlobNode::State;
using Kind = GlobNode::Kind;

class Compiler {
 public:
  Compiler(std::u32string pattern, std::u32string_view separators) : pattern_(std::move(pattern)) {
    for (const char32_t c : separators) {
      separators_ += {c, c};
    }
  }

  // False when the pattern is broken.
  bool run() {
    if (!sequence(0) || at_ < pattern_.size()) {
      return false;
    }
    states_.push_back({});
    return true;
  }
  std::vector<State> take() { return std::move(states_); }

 private:
  bool done() const { return at_ == pattern_.size(); }
  char32_t peek() const { return pattern_[at_]; }

  void one_character(char32_t c) { states_.push_back({Kind::one_of, {c, c}, false, {}}); }

  // Up to the end, or inside of {…} up to "," or "}", which are only special there.
  bool sequence(int nesting) {
    for (; !done();) {
      const char32_t c = peek();
      if (nesting > 0 && (c == U',' || c == U'}')) {
        return true;
      }
      ++at_;
      if (c == U'*') {
        const bool is_super = !done() && peek() == U'*';
        at_ += is_super ? 1 : 0;
        states_.push_back({Kind::any_many, is_super ? U"" : separators_, true, {}});
      } else if (c == U'?') {
        states_.push_back({Kind::any_one, separators_, true, {}});
      } else if (c == U'[') {
        if (!range()) {
          return false;
        }
      } else if (c == U'{') {
        if (!alternatives(nesting + 1)) {
          return false;
        }
      } else if (c == U'\\') {
        if (!done()) {  // gobwas drops one at the very end
          one_character(pattern_[at_++]);
        }
      } else {
        one_character(c);
      }
    }
    // gobwas takes an unclosed "{" for closed
    return true;
  }

  bool alternatives(int nesting) {
    if (nesting > max_nesting) {
      return false;
    }
    const std::size_t split = states_.size();
    states_.push_back({Kind::split, {}, false, {}});
    std::vector<std::size_t> ends;
    for (;;) {
      states_[split].targets.push_back(states_.size());
      if (!sequence(nesting)) {
        return false;
      }
      ends.push_back(states_.size());
      states_.push_back({Kind::jump, {}, false, {}});
      const bool more = !done() && peek() == U',';
      at_ += done() ? 0 : 1;
      if (!more) {
        break;
      }
    }
    for (const std::size_t end : ends) {
      states_[end].targets = {states_.size()};
    }
    return true;
  }

  // After "[": "!" negates; then either one "a-z" or a list of characters, and "]".
  bool range() {
    State state{Kind::one_of, {}, false, {}};
    if (!done() && peek() == U'!') {
      state.negated = true;
      ++at_;
    }
    if (at_ + 1 < pattern_.size() && pattern_[at_ + 1] == U'-') {
      if (at_ + 3 >= pattern_.size() || pattern_[at_ + 3] != U']' ||
          pattern_[at_ + 2] < pattern_[at_]) {
        return false;
      }
      state.characters = {pattern_[at_], pattern_[at_ + 2]};
      at_ += 4;
    } else if (!list(state)) {
      return false;
    }
    states_.push_back(std::move(state));
    return true;
  }

  bool list(State& state) {
    while (!done() && peek() != U']') {
      at_ += peek() == U'\\' && at_ + 1 < pattern_.size() ? 1 : 0;
      state.characters += peek();
      state.characters += peek();
      ++at_;
    }
    if (done() || state.characters.empty()) {
      return false;
    }
    ++at_;
    return true;
  }

  std::u32string pattern_;
  std::u32string separators_;  // as pairs
  std::size_t at_ = 0;
  std::vector<State> states_;
};

bool accepts(const State& state, char32_t c) {
  bool listed = false;
  for (std::size_t i = 0; i < state.characters.size(); i += 2) {
    listed = listed || (state.characters[i] <= c && c <= state.characters[i + 1]);
  }
  return listed != state.negated;
}

class Run {
 public:
  explicit Run(const std::vector<State>& states)
      : states_(states), alive_(states.size()), next_(states.size()) {}

  bool matches(const std::u32string& text) {
    wake(alive_, 0);
    for (const char32_t c : text) {
      std::fill(next_.begin(), next_.end(), false);
      for (std::size_t i = 0; i < states_.size(); ++i) {
        if (alive_[i]) {
          step(i, c);
        }
      }
      std::swap(alive_, next_);
    }
    return alive_.back();
  }

 private:
  void step(std::size_t i, char32_t c) {
    const State& state = states_[i];
    if (state.kind == Kind::any_many && accepts(state, c)) {
      wake(next_, i);
    } else if ((state.kind == Kind::any_one || state.kind == Kind::one_of) && accepts(state, c)) {
      wake(next_, i + 1);
    }
  }

  // Marks a state and all that are reached from it without reading.
  void wake(std::vector<bool>& set, std::size_t first) {
    std::vector<std::size_t> todo{first};
    while (!todo.empty()) {
      const std::size_t i = todo.back();
      todo.pop_back();
      if (set[i]) {
        continue;
      }
      set[i] = true;
      const State& state = states_[i];
      if (state.kind == Kind::any_many) {
        todo.push_back(i + 1);
      }
      todo.insert(todo.end(), state.targets.begin(), state.targets.end());
    }
  }

  const std::vector<State>& states_;
  std::vector<bool> alive_;
  std::vector<bool> next_;
};

}  // namespace

Glob::Glob(std::string_view pattern, std::string_view separators) {
  std::optional<std::u32string> characters = decode(pattern);
  if (!characters || characters->size() > max_pattern) {
    return;
  }
  Compiler compiler(*std::move(characters), decode(separators).value_or(U""));
  if (compiler.run()) {
    root_ = std::make_shared<const GlobNode>(GlobNode{compiler.take()});
  }
}

bool Glob::matches(std::string_view text) const {
  const std::optional<std::u32string> characters = decode(text);
  return root_ != nullptr && characters && Run(root_->states).matches(*characters);
}

}  // namespace celldrift
