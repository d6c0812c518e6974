#include "yaml/reader.hpp"

#include "yaml/scalar_text.hpp"

#include <algorithm>

namespace celldrift::yaml {
namespace {

// go-yaml's own guard against alias bombs: how much of the work may come from aliases.
constexpr std::size_t small_document = 400'000;
constexpr std::size_t large_document = 4'000'000;

double allowed_alias_ratio(std::size_t decodes) {
  if (decodes <= small_document) {
    return 0.99;
  }
  if (decodes >= large_document) {
    return 0.10;
  }
  return 0.99 - 0.89 * (double(decodes - small_document) / double(large_document - small_document));
}

// libyaml skips one where a line begins.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

constexpr std::string_view null_words[] = {"~", "null", "Null", "NULL"};

// yaml-cpp does not report the tag of a null. Only "!!" tags mean something.
std::string long_tag(std::string_view tag) {
  return tag.starts_with("!!") ? "tag:yaml.org,2002:" + std::string(tag.substr(2))
                               : std::string(tag);
}

Quoting quoting_of(char first) {
  switch (first) {
    case '\'':
      return Quoting::single_quoted;
    case '"':
      return Quoting::double_quoted;
    case '|':
    case '>':
      return Quoting::block;
    default:
      return Quoting::plain;
  }
}

std::string quoted(std::string_view key) {
  constexpr std::size_t most = 80;
  return "\"" + std::string(key.substr(0, most)) + (key.size() > most ? "…\"" : "\"");
}

}  // namespace

Reader::Reader(std::string_view text, std::uint32_t first_line, const Options& options)
    : text_(text),
      locator_(text, options.source, first_line),
      gaps_(text, locator_),
      builder_(options.budget, [this](std::string_view key, const Mark& first, const Mark& again) {
        warnings_.push_back({"key " + quoted(key) + " is written twice (line " +
                                 std::to_string(first.line) + " and line " +
                                 std::to_string(again.line) + "): the last one counts",
                             again});
      }) {}

Document Reader::take() {
  gaps_.walk_to_end(root_);
  Document document;
  if (builder_.complete()) {
    document.value = builder_.take();
  }
  document.warnings = std::move(warnings_);
  return document;
}

// Counts on from the last place asked for: a line may be as long as the whole text.
int Reader::column_of(std::size_t offset) const {
  if (offset < column_.offset) {
    column_ = {.offset = offset == 0 ? 0 : text_.rfind('\n', offset - 1) + 1, .column = 0};
  }
  for (; column_.offset < offset; ++column_.offset) {
    const char c = text_[column_.offset];
    column_.column = c == '\n' ? 0 : column_.column + ((std::uint8_t(c) & 0xC0) != 0x80);
  }
  return column_.column;
}

bool Reader::is_null_word(std::size_t offset) const {
  const bool is_flow = !open_.empty() && open_.back().in_flow;
  const std::string_view rest = text_.substr(std::min(offset, text_.size()));
  return std::ranges::any_of(null_words,
                             [&](std::string_view word) { return rest.starts_with(word); }) &&
         std::ranges::count(null_words, read_scalar(text_, {offset, indent(), is_flow}).content) !=
             0;
}

// In a block map or list, what stands at its very column can only be a key or an item.
void Reader::check_indentation(std::size_t offset) const {
  const bool is_simple_key = key_is_next() && !gaps_.key_is_explicit();
  if (!gaps_.in_flow() && !is_simple_key && column_of(offset) <= indent()) {
    gaps_.refuse("a value must be indented more than its key", offset);
  }
}

void Reader::OnNull(const YAML::Mark& yaml_mark, YAML::anchor_t anchor) {
  // yaml-cpp reports "~" and "null" and nothing at all alike; of nothing it has the place of what
  // follows.
  const auto start = std::min(std::size_t(yaml_mark.pos), text_.size());
  const bool has_tag =
      start < text_.size() && text_[start] == '!' && gaps_.ends_behind_properties(start);
  if (anchor == 0 && !has_tag && !is_null_word(start)) {
    add_nothing(start);
    return;
  }
  gaps_.walk_to(start);
  check_indentation(start);
  const Properties properties = gaps_.walk_properties(Gaps::Of::scalar);
  std::string text;
  if (is_null_word(gaps_.offset())) {
    text = read_text().content;
  }
  const std::string tag = long_tag(properties.tag);
  add_scalar({.text = text, .tag = tag}, locator_.at(start), anchor);
}

void Reader::add_nothing(std::size_t next) {
  if (!open_.empty() && !open_.back().is_map && open_.back().in_flow) {
    gaps_.refuse("an empty item", next);
  }
  add_scalar({.text = ""}, last_key_.known() ? last_key_ : locator_.at(next), 0);
}

// The scalar where the walker stands, by YAML 1.1's rules.
Reader::Text Reader::read_text() {
  const std::size_t offset = gaps_.offset();
  const Quoting quoting = quoting_of(offset < text_.size() ? text_[offset] : '\0');
  if (quoting == Quoting::block && gaps_.in_flow()) {
    gaps_.refuse("a block of text inside brackets", offset);
  }
  ScalarText scalar = read_scalar(text_, {offset, indent(), gaps_.in_flow()});
  if (!scalar.problem.empty()) {
    gaps_.refuse(scalar.problem, offset);
  }
  gaps_.read_to(scalar.end, scalar.next, scalar.line_ended);
  return {std::move(scalar.content), quoting};
}

void Reader::OnScalar(const YAML::Mark& yaml_mark,
                      const std::string& tag,
                      YAML::anchor_t anchor,
                      const std::string& value) {
  const auto start = std::size_t(yaml_mark.pos);
  gaps_.walk_to(start);
  check_indentation(start);
  const bool is_explicit = gaps_.key_is_explicit();
  const Properties properties = gaps_.walk_properties(Gaps::Of::scalar);
  const std::size_t content = gaps_.offset();
  Text text;
  // A tag alone stands for an empty text; what follows is then the next key.
  const bool is_plain =
      quoting_of(content < text_.size() ? text_[content] : '\0') == Quoting::plain;
  if (!value.empty() || !is_plain) {
    if (value.empty() && properties.line_ended && text_[content] != '|' && text_[content] != '>') {
      gaps_.refuse("a quoted text must begin on the line of its tag", content);
    }
    check_indentation(content);
    text = read_text();
  }
  if (is_plain && (text.content != value || !may_begin_plain(content))) {
    gaps_.refuse("a text that YAML 1.1 reads in another way; quote it", content);
  }
  if (key_is_next() && !is_explicit) {
    gaps_.check_key(start);
  }
  // A tag that is not known makes any text a string, and so does a lone "!".
  add_scalar({.text = text.content,
              .tag = properties.tag.empty() ? std::string_view{} : std::string_view(tag),
              .quoting = text.quoting,
              .implicit = text.quoting == Quoting::plain},
             locator_.at(start),
             anchor);
}

// A plain text may not begin with an indicator; yaml-cpp lets some pass.
bool Reader::may_begin_plain(std::size_t offset) const {
  const char first = offset < text_.size() ? text_[offset] : '\0';
  const char next = offset + 1 < text_.size() ? text_[offset + 1] : '\0';
  const bool alone = next == ' ' || next == '\t' || next == '\n' || next == '\0';
  if (first == '-') {
    return !alone;
  }
  if (first == '?' || first == ':') {
    return !alone && !gaps_.in_flow();
  }
  return std::string_view("%@`,[]{}").find(first) == std::string_view::npos &&
         !(text_.substr(offset).starts_with(byte_order_mark) && column_of(offset) == 0);
}

void Reader::add_scalar(const Scalar& scalar, const Mark& mark, YAML::anchor_t anchor) {
  try {
    const bool is_key = key_is_next();
    const Value value = is_key && anchor == 0 ? Value{} : resolve(scalar).with_mark(mark);
    if (anchor != 0) {
      remember(anchor,
               {.value = value, .scalar = scalar, .text = std::string(scalar.text), .decodes = 1});
    }
    if (is_key) {
      add_key(scalar, mark);
      return;
    }
    count_decodes(1, 0, mark);
    builder_.add(value);
    value_done();
  } catch (Error& error) {
    throw error.at(mark);
  }
}

void Reader::add_key(const Scalar& scalar, const Mark& mark) {
  Collection& map = open_.back();
  map.key_is_next = false;
  map.merges = is_merge(scalar);
  last_key_ = mark;
  if (map.merges) {
    builder_.merge(mark);
    return;
  }
  count_decodes(1, 0, mark);
  builder_.key(resolve_key(scalar), mark);
}

void Reader::OnAlias(const YAML::Mark& yaml_mark, YAML::anchor_t anchor) {
  const auto start = std::size_t(yaml_mark.pos);
  const Mark mark = locator_.at(start);
  gaps_.walk_to(start);
  check_indentation(start);
  const bool is_explicit = gaps_.key_is_explicit();
  gaps_.walk_alias();
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    throw Error(ErrorCode::parse, "an alias stands inside the very value that it names", mark);
  }
  const Anchored& anchored = found->second;
  count_decodes(1 + anchored.decodes, anchored.decodes, mark);
  if (key_is_next()) {
    if (!is_explicit) {
      gaps_.check_key(start);
    }
    add_alias_key(anchored, mark);
    return;
  }
  if (!open_.empty() && open_.back().merges && !anchored.value.is_map()) {
    throw Error(ErrorCode::parse, "\"<<\" names an alias that is not a map", mark);
  }
  builder_.add(anchored.value);
  value_done();
}

void Reader::add_alias_key(const Anchored& anchored, const Mark& mark) {
  if (!anchored.value.is_scalar()) {
    throw Error(ErrorCode::parse,
                "a map or list cannot be a key; quote a text that begins with \"{\" or \"[\"",
                mark);
  }
  open_.back().key_is_next = false;
  last_key_ = mark;
  builder_.key(resolve_key(anchored.scalar), mark);
}

void Reader::OnSequenceStart(const YAML::Mark& mark,
                             const std::string& tag,
                             YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open({.in_flow = style == YAML::EmitterStyle::Flow, .anchor = anchor}, mark, tag);
}

void Reader::OnMapStart(const YAML::Mark& mark,
                        const std::string& tag,
                        YAML::anchor_t anchor,
                        YAML::EmitterStyle::value style) {
  open({.is_map = true,
        .in_flow = style == YAML::EmitterStyle::Flow,
        .key_is_next = true,
        .anchor = anchor},
       mark,
       tag);
}

void Reader::open(Collection collection, const YAML::Mark& yaml_mark, const std::string& tag) {
  const auto start = std::size_t(yaml_mark.pos);
  const Mark mark = locator_.at(start);
  if (key_is_next()) {
    throw Error(ErrorCode::parse,
                "a map or list cannot be a key; quote a text that begins with \"{\" or \"[\"",
                mark);
  }
  gaps_.walk_to(start);
  collection.in_flow = collection.in_flow || gaps_.in_flow();
  if (collection.in_flow) {
    check_indentation(start);
    const Properties properties = gaps_.walk_properties(Gaps::Of::scalar);
    if (properties.any() && !gaps_.at_bracket()) {
      gaps_.refuse("a tag or anchor before a key without brackets", start);
    }
    collection.indent = indent();
    if (gaps_.at_bracket()) {
      gaps_.enter_bracket();
    }
  } else {
    if (collection.anchor != 0 || (tag != "?" && !tag.empty())) {
      gaps_.walk_properties(Gaps::Of::block);
    }
    gaps_.check_block_start();
    collection.indent = column_of(gaps_.offset());
  }
  collection.decodes_before = decodes_;
  count_decodes(1, 0, mark);
  if (open_.empty() && collection.in_flow) {
    root_ = Gaps::Root::in_brackets;
  }
  open_.push_back(collection);
  collection.is_map ? builder_.start_map(mark) : builder_.start_list(mark);
}

void Reader::OnSequenceEnd() {
  close();
}
void Reader::OnMapEnd() {
  close();
}

void Reader::close() {
  const Collection collection = open_.back();
  open_.pop_back();
  collection.is_map ? builder_.end_map() : builder_.end_list();
  if (collection.anchor != 0) {
    remember(collection.anchor,
             {.value = builder_.last(),
              .scalar = {},
              .text = {},
              .decodes = decodes_ - collection.decodes_before});
  }
  value_done();
}

void Reader::value_done() {
  if (!open_.empty() && open_.back().is_map) {
    open_.back().key_is_next = true;
    open_.back().merges = false;
  }
}

void Reader::remember(YAML::anchor_t anchor, Anchored anchored) {
  Anchored& kept = anchors_[anchor] = std::move(anchored);
  kept.scalar.text = kept.text;
}

void Reader::count_decodes(std::size_t all, std::size_t by_aliases, const Mark& mark) {
  decodes_ += all;
  decodes_by_aliases_ += by_aliases;
  if (decodes_by_aliases_ > 100 && decodes_ > 1000 &&
      double(decodes_by_aliases_) / double(decodes_) > allowed_alias_ratio(decodes_)) {
    throw Error(ErrorCode::limit, "aliases make up almost the whole document", mark);
  }
}

}  // namespace celldrift::yaml
