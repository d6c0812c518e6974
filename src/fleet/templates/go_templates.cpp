// Go templates of an ApplicationSet: compiled once per text, run for each Application.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/template.hpp"
#include "fleet/templates/argocd_functions.hpp"
#include "fleet/templates/plain_fields.hpp"
#include "fleet/templates/template_engine.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace celldrift::fleet {
namespace {

using gotemplate::Heap;
using gotemplate::MissingKey;
using gotemplate::TemplateSet;

constexpr std::size_t max_compiled = 4096;  // texts that stay compiled
constexpr std::size_t max_rendered_bytes = 16u << 20;
constexpr std::size_t max_scratch_runs = 256;  // before what they left behind is dropped
constexpr std::size_t shown_text = 1000;       // of a template in an error
constexpr std::string_view missing_key = "missingkey=";

// Functions that put a new value into a map that others hold. What they put there must live as long
// as the map.
bool may_change_parameters(std::string_view text) {
  static constexpr std::string_view names[] = {"set", "merge", "Merge"};
  return std::ranges::any_of(
      names, [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

struct Compiled {
  std::optional<TemplateSet> templates;
  std::optional<PlainFields> plain;
  bool changes_parameters = false;
};

class GoTemplates final : public TemplateEngine {
 public:
  GoTemplates(Value::List options, Heap& heap) : options_(std::move(options)), heap_(heap) {}

  void check_options() const override { missing_key_of(options_); }

  std::string render(std::string_view text, const Params& params) override {
    return run(text, params, missing_key_of(options_));
  }

  // As missingkey=error would have it, whatever the options say about missing keys.
  std::optional<std::string> render_if_known(std::string_view text, const Params& params) override {
    Value::List others;
    std::ranges::copy_if(options_, std::back_inserter(others), [](const Value& option) {
      return !option.as_string().starts_with(missing_key);
    });
    missing_key_of(others);
    try {
      return run(text, params, MissingKey::error);
    } catch (const Error& error) {
      if (names_missing_key(error)) {
        return std::nullopt;
      }
      throw;
    }
  }

 private:
  static MissingKey missing_key_of(const Value::List& options) {
    MissingKey result = MissingKey::default_;
    for (const Value& option : options) {
      try {
        result = gotemplate::read_option(option.as_string());
      } catch (Error& error) {
        throw error.add_context("spec.goTemplateOptions").at(option.mark());
      }
    }
    return result;
  }

  static bool names_missing_key(const Error& error) {
    const std::string_view message = error.message();
    return error.code() != ErrorCode::limit &&
           (message.find("map has no entry for key") != std::string_view::npos ||
            message.find("can't evaluate field") != std::string_view::npos);
  }

  std::string run(std::string_view text, const Params& params, MissingKey on_missing) {
    const Compiled& compiled = compile(text);
    if (compiled.plain) {
      if (auto result = compiled.plain->render(params.values, max_rendered_bytes)) {
        return *std::move(result);
      }
    }
    Heap& heap = compiled.changes_parameters ? heap_ : scratch();
    try {
      std::string result =
          compiled.templates
              ->execute("base",
                        params.values,
                        heap,
                        {.missing_key = on_missing, .limits = {.output_bytes = max_rendered_bytes}})
              .text;
      return result;
    } catch (Error& error) {
      throw explained(error, "failed to execute go template ", text);
    }
  }

  const Compiled& compile(std::string_view text) {
    const auto found = compiled_.find(text);
    if (found != compiled_.end()) {
      return found->second;
    }
    if (compiled_.size() >= max_compiled) {  // parameters may hold texts of those that change them
      std::erase_if(compiled_, [](const auto& one) { return !one.second.changes_parameters; });
    }
    Compiled compiled{
        TemplateSet(argocd_functions()), PlainFields::of(text), may_change_parameters(text)};
    try {
      compiled.templates->parse("base", text);
    } catch (Error& error) {
      throw explained(error, "failed to parse template ", text);
    }
    return compiled_.emplace(std::string(text), std::move(compiled)).first->second;
  }

  static Error explained(const Error& error, std::string_view doing, std::string_view text) {
    if (error.code() == ErrorCode::limit) {
      return error;
    }
    return Error(
        ErrorCode::config,
        std::string(doing) + std::string(text.substr(0, shown_text)) + ": " + error.message(),
        error.mark());
  }

  // What a run makes for itself is dropped now and then, so that many Applications cost no more
  // memory than few.
  Heap& scratch() {
    if (scratch_ == nullptr || ++scratch_runs_ > max_scratch_runs) {
      scratch_ = std::make_unique<Heap>();
      scratch_runs_ = 0;
    }
    return *scratch_;
  }

  Value::List options_;
  Heap& heap_;
  std::unordered_map<std::string, Compiled, TextHash, std::equal_to<>> compiled_;
  std::unique_ptr<Heap> scratch_;
  std::size_t scratch_runs_ = 0;
};

}  // namespace

std::unique_ptr<TemplateEngine> go_templates(Value::List options, gotemplate::Heap& heap) {
  return std::make_unique<GoTemplates>(std::move(options), heap);
}

}  // namespace celldrift::fleet
