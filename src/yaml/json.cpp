#include "celldrift/yaml/yaml.hpp"
#include "yaml/locator.hpp"

#include <nlohmann/json.hpp>

namespace celldrift::yaml {
namespace {


class JsonReader {
 public:
  JsonReader(std::string_view text, const Options& options)
      : builder_(options.budget, [this](std::string_view key, const Mark& first, const Mark& again) {
          note_duplicate(key, first, again);
        }), text_(text), source_(options.source) {}

  bool null() { return add(Value::null()); }
  bool boolean(bool value) { return add(Value::boolean(value)); }
  bool number_integer(std::int64_t value) { return add(Value::integer(value)); }
  bool number_unsigned(std::uint64_t value) {
    return add(value <= std::uint64_t(INT64_MAX) ? Value::integer(std::int64_t(value))
                                                 : Value::real(double(value)));
  }
  bool number_float(double value, const std::string&) { return add(Value::real(value)); }
  bool string(const std::string& text) {
    return add(Value::string(text.size() <= 24 ? builder_.shared(text) : SharedString(text)));
  }
  bool binary(const nlohmann::json::binary_t&) { return false; }  // JSON has none
  bool start_object(std::size_t) { return builder_.start_map(Mark{source_, 0, 0}), true; }
  bool key(const std::string& name) { return builder_.key(name, Mark{source_, 0, 0}), true; }
  bool end_object() { return builder_.end_map(), true; }
  bool start_array(std::size_t) { return builder_.start_list(Mark{source_, 0, 0}), true; }
  bool end_array() { return builder_.end_list(), true; }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) {
    throw Error(ErrorCode::parse, std::string("not valid JSON: ") + error.what(),
                Locator(text_, source_).at(position == 0 ? 0 : position - 1));
  }

  Document take() {
    Document document;
    document.value = builder_.take();
    document.warnings = std::move(warnings_);
    return document;
  }

 private:
  bool add(Value value) {
    builder_.add(value.with_mark(Mark{source_, 0, 0}));
    return true;
  }
  void note_duplicate(std::string_view key, const Mark&, const Mark& again) {
    warnings_.push_back({"key \"" + std::string(key) + "\" is written twice", again});
  }

  Builder builder_;
  std::vector<Warning> warnings_;
  std::string_view text_;
  SourceId source_;
};

}  // namespace

Document parse_json(std::string_view text, const Options& options) {
  JsonReader reader(text, options);
  nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
  return reader.take();
}

}  // namespace celldrift::yaml
