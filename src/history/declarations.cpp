#include "history/declarations.hpp"

#include "history/past_tree.hpp"

#include <algorithm>

namespace celldrift::history {
namespace {

// What generators find where the line's newest commit was: an older one.
class PastRepositories : public fleet::Repositories {
 public:
  PastRepositories(fleet::Repositories& now,
                   const Subject& subject,
                   std::shared_ptr<const git::Tree> past)
      : now_(now), subject_(subject), past_(std::move(past)) {}

  std::shared_ptr<const git::Tree> tree(const std::string& url,
                                        const std::string& revision) override {
    auto found = now_.tree(url, revision);
    return found != nullptr && found->commit() == subject_.wanted ? past_ : found;
  }

 private:
  fleet::Repositories& now_;
  const Subject& subject_;
  std::shared_ptr<const git::Tree> past_;
};

fleet::Declared declared_by(const git::Tree& past, const std::string& file) {
  const auto entry = past.find(file);
  if (!entry || entry->kind != git::EntryKind::file) {
    return {};
  }
  return fleet::find_declared(*git::memory_tree({{file, *past.read(file).text}}, past.commit()));
}

void keep_only(std::vector<Value>& objects, std::string_view name) {
  std::erase_if(
      objects, [&](const Value& object) { return object.string_at({"metadata", "name"}) != name; });
}

}  // namespace

std::vector<fleet::Application> declared_in_past(const Subject& subject,
                                                 const std::string& commit,
                                                 const std::string& file,
                                                 const fleet::GeneratorInputs& inputs) {
  const auto past = past_tree(subject.repository.tree(commit));
  fleet::Declared declared = declared_by(*past, file);
  const std::string& set = subject.application.origin.application_set;
  keep_only(declared.application_sets, set);
  keep_only(declared.applications, set.empty() ? subject.application.name : "");
  fleet::GeneratorInputs then = inputs;
  std::optional<PastRepositories> repositories;
  if (inputs.repositories != nullptr) {
    then.repositories = &repositories.emplace(*inputs.repositories, subject, past);
  }
  return fleet::expand(declared, fleet::Fleet({subject.cell}), then).applications;
}

}  // namespace celldrift::history
