// A reader for the one form of JSON that snapshots are written in. It reads what is between those
// parts that were seen before, and takes each of those as a whole: to find where a part ends and to
// hash it costs a twentieth of reading it.
#include "observe/object_text.hpp"

#include "celldrift/yaml/yaml.hpp"
#include "observe/shards.hpp"

#include <algorithm>
#include <unordered_map>

namespace celldrift::observe {
namespace {

constexpr std::uint64_t hash_kind = 0x0B7EC7;
constexpr std::size_t deepest_shared = 6;  // each level above hashes the text again
constexpr std::size_t least_shared = 64;   // bytes
// Such that no budget of parse_json() can be exceeded, wherever a shared part is put. A value takes
// two bytes at least.
constexpr std::size_t deepest = Budget{}.depth - deepest_shared;
constexpr std::size_t most_bytes = std::min(Budget{}.scalar_bytes, Budget{}.nodes);

// What is another in each object, or has something in it that is: only its parts are shared.
bool is_never_shared(std::string_view key) {
  return key == "metadata" || key == "managedFields";
}

class Reader {
 public:
  Reader(std::string_view text, SeenTexts& seen) : text_(text), seen_(seen) {}

  std::optional<Value> read() {
    if (!text_.starts_with('{') || text_.size() > most_bytes) {
      return std::nullopt;
    }
    Value object = shared(text_, 0);
    return failed_ || at_ != text_.size() ? std::nullopt : std::optional(std::move(object));
  }

 private:
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    const bool is_it = next() == c;
    at_ += is_it ? 1 : 0;
    return is_it;
  }

  Value fail() {
    failed_ = true;
    at_ = text_.size();
    return {};
  }

  Value value(std::size_t depth, bool may_share) {
    switch (next()) {
      case '{':
      case '[':
        return may_share && depth <= deepest_shared
                   ? shared(text_.substr(at_, end_of_container() - at_), depth)
                   : container(depth);
      case '"':
        return Value::string(text());
      default:
        return other();
    }
  }

  // The list or map that is next; `part` is its text.
  Value shared(std::string_view part, std::size_t depth) {
    if (part.size() < least_shared) {
      return container(depth);
    }
    const Hash hash = hash_bytes(part, hash_kind);
    if (std::optional<Value> found = seen_.find(hash)) {
      at_ += part.size();
      return *std::move(found);
    }
    Value made = container(depth);
    if (!failed_) {
      seen_.add(hash, made);
    }
    return made;
  }

  // Behind the bracket that closes the one that is next; at the end where none does.
  std::size_t end_of_container() const {
    std::size_t open = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"') {
        i = end_of_string(i);
      } else if (c == '{' || c == '[') {
        ++open;
      } else if ((c == '}' || c == ']') && --open == 0) {
        return i + 1;
      }
    }
    return text_.size();
  }

  // At the quote that closes the one at `from`; at the end where none does.
  std::size_t end_of_string(std::size_t from) const {
    for (std::size_t i = from + 1; i < text_.size(); ++i) {
      if (text_[i] == '"') {
        return i;
      }
      i += text_[i] == '\\' ? 1 : 0;
    }
    return text_.size();
  }

  Value container(std::size_t depth) {
    if (depth >= deepest) {
      return fail();
    }
    return next() == '{' ? map(depth) : list(depth, true);
  }

  Value list(std::size_t depth, bool may_share) {
    ++at_;
    Value::List items;
    if (!take(']')) {
      do {
        items.push_back(value(depth + 1, may_share));
      } while (take(','));
      if (!take(']')) {
        return fail();
      }
    }
    return Value::list(std::move(items));
  }

  Value map(std::size_t depth) {
    ++at_;
    Value::Map entries;
    if (!take('}')) {
      do {
        SharedString key = next() == '"' ? text_of_key() : (fail(), SharedString());
        if (!take(':') || (!entries.empty() && key.view() <= entries.back().key.view())) {
          return fail();
        }
        const bool is_own = is_never_shared(key.view());
        const bool is_list = is_own && next() == '[';
        Value made = is_list ? list(depth + 1, false) : value(depth + 1, !is_own);
        entries.push_back({std::move(key), std::move(made)});
      } while (take(','));
      if (!take('}')) {
        return fail();
      }
    }
    return Value::map(std::move(entries));
  }

  // A string as a key: a name, where that can be.
  SharedString text_of_key() {
    const std::size_t start = at_ + 1;
    const std::size_t end = end_of_plain(start);
    if (end < text_.size() && text_[end] == '"') {
      const std::string_view plain = text_.substr(start, end - start);
      if (auto name = SharedString::name(plain)) {
        at_ = end + 1;
        return *std::move(name);
      }
    }
    SharedString key = text();
    auto name = SharedString::name(key.view());
    return name ? *std::move(name) : key;
  }

  SharedString text() {
    const std::size_t start = at_ + 1;
    const std::size_t end = end_of_plain(start);
    if (end < text_.size() && text_[end] == '"') {
      at_ = end + 1;
      return SharedString(text_.substr(start, end - start));
    }
    const std::size_t close = end_of_string(at_);
    if (close == text_.size()) {
      return fail(), SharedString();
    }
    const Value read = read_otherwise(close + 1);
    return read.is_string() ? read.as_shared_string() : SharedString();
  }

  // The first byte from there that is a quote, or that a string cannot have as it is.
  std::size_t end_of_plain(std::size_t from) const {
    std::size_t i = from;
    while (i < text_.size() && text_[i] >= ' ' && text_[i] != '"' && text_[i] != '\\') {
      ++i;  // signed: bytes from 0x80 on are below ' '
    }
    return i;
  }

  // Numbers, true, false, null.
  Value other() {
    const std::size_t end = std::min(text_.find_first_of(",]}", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    if (word == "true" || word == "false" || word == "null") {
      at_ = end;
      return word == "null" ? Value() : Value::boolean(word == "true");
    }
    if (const auto number = small_number(word)) {
      at_ = end;
      return Value::integer(*number);
    }
    return word.empty() || word.size() > longest_word ? fail() : read_otherwise(end);
  }

  static std::optional<std::int64_t> small_number(std::string_view word) {
    constexpr std::size_t most_digits = 18;
    const bool is_zero = word == "0";
    if (!is_zero && (word.empty() || word.size() > most_digits || word[0] < '1' || word[0] > '9')) {
      return std::nullopt;
    }
    std::int64_t number = 0;
    for (const char c : word) {
      if (c < '0' || c > '9') {
        return std::nullopt;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  // What is up to `end`, by the reader of all JSON.
  Value read_otherwise(std::size_t end) {
    const std::string_view part = text_.substr(at_, end - at_);
    at_ = end;
    try {
      return yaml::parse_json(part).value;
    } catch (const Error&) {
      return fail();
    }
  }

  static constexpr std::size_t longest_word = 512;

  std::string_view text_;
  SeenTexts& seen_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

struct SeenTexts::Shard : LockedShard<std::unordered_map<Hash, Value>> {};

SeenTexts::SeenTexts() : shards_(std::make_unique<Shard[]>(shard_count)) {}
SeenTexts::~SeenTexts() = default;

std::optional<Value> SeenTexts::find(const Hash& text) const {
  return with_shard(shards_, text, [&](const auto& values) {
    const auto found = values.find(text);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  });
}

void SeenTexts::add(const Hash& text, const Value& value) {
  with_shard(shards_, text, [&](auto& values) { values.emplace(text, value); });
}

std::optional<Value> read_canonical_object(std::string_view text, SeenTexts& seen) {
  return Reader(text, seen).read();
}

}  // namespace celldrift::observe
