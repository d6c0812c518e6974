#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/template.hpp"
#include "gotemplate/parser.hpp"
#include "gotemplate/run.hpp"

namespace celldrift::gotemplate {

MissingKey read_option(std::string_view option) {
  struct Known {
    std::string_view text;
    MissingKey meaning;
  };
  constexpr Known known[] = {
      {"missingkey=default", MissingKey::default_},
      {"missingkey=invalid", MissingKey::default_},
      {"missingkey=zero", MissingKey::zero},
      {"missingkey=error", MissingKey::error},
  };
  for (const Known& row : known) {
    if (row.text == option) {
      return row.meaning;
    }
  }
  throw Error(ErrorCode::config,
              option.empty() ? std::string("empty option string")
                             : "unrecognized option: " + std::string(option));
}

TemplateSet::TemplateSet(const FunctionTable& functions)
    : body_(std::make_unique<Body>(Body{&functions})) {}

TemplateSet::~TemplateSet() = default;
TemplateSet::TemplateSet(TemplateSet&&) noexcept = default;
TemplateSet& TemplateSet::operator=(TemplateSet&&) noexcept = default;

void TemplateSet::Body::parse(std::string_view name, std::string_view text) {
  const Parsed parsed = gotemplate::parse(name, text, *functions);
  for (const Tree& tree : parsed.trees) {
    Definition& definition = definitions[std::string(tree.name)];
    if (definition.root == nullptr || !is_empty(*tree.root)) {
      definition = {parsed.source, tree.root};
    }
  }
}

void TemplateSet::parse(std::string_view name, std::string_view text) {
  body_->parse(name, text);
}

bool TemplateSet::has(std::string_view name) const {
  return body_->find(name) != nullptr;
}

Output TemplateSet::execute(std::string_view name,
                            Any dot,
                            Heap& heap,
                            const RunOptions& options) const {
  return Run(*body_, heap, options).execute(name, dot);
}

}  // namespace celldrift::gotemplate
