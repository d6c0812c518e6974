// One recorded case of testdata/applicationsets: an ApplicationSet and the world that its
// generators see, all from files.
#pragma once

#include "celldrift/core/text.hpp"
#include "celldrift/fleet/declared_objects.hpp"
#include "celldrift/fleet/expand.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet::test {

// One work tree, whatever is asked for.
class OneRepository final : public Repositories {
 public:
  explicit OneRepository(std::shared_ptr<const git::Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const git::Tree> tree(const std::string&, const std::string&) override {
    return tree_;
  }

 private:
  std::shared_ptr<const git::Tree> tree_;
};

// Answers by kind: {plugin: [..], scmProvider: [..], pullRequest: [..]}, whoever asks.
class CannedServices final : public Services {
 public:
  explicit CannedServices(Value answers) : answers_(std::move(answers)) {}
  Value ask(const ServiceQuestion& question) override {
    const Value* answer = answers_.find(question.kind);
    if (answer == nullptr) {
      throw Error(ErrorCode::config, "nobody answers " + question.kind);
    }
    return *answer;
  }

 private:
  Value answers_;
};

// A case's folder: applicationset.yaml, and where the case has them secrets.yaml (else that of the
// whole collection), objects.yaml, answers.json and repo, the name of a folder in ../repos.
class OracleCase {
 public:
  OracleCase(const std::filesystem::path& folder, const std::filesystem::path& collection)
      : set_(read(folder / "applicationset.yaml")), fleet_(fleet_of(folder, collection)) {
    namespace fs = std::filesystem;
    if (fs::exists(folder / "repo")) {
      const std::string name(trim(read_file((folder / "repo").string())));
      repository_ =
          std::make_unique<OneRepository>(git::directory_tree(collection / "repos" / name));
      inputs_.repositories = repository_.get();
    }
    if (fs::exists(folder / "answers.json")) {
      services_ = std::make_unique<CannedServices>(read(folder / "answers.json"));
      inputs_.services = services_.get();
    }
    if (fs::exists(folder / "objects.yaml")) {
      const std::string text = read_file((folder / "objects.yaml").string());
      objects_ = objects_among(yaml::parse_stream(text).documents, "objects.yaml", "argocd");
      inputs_.objects = objects_.get();
    }
  }

  const Value& set() const { return set_; }
  const Fleet& fleet() const { return fleet_; }
  const GeneratorInputs& inputs() const { return inputs_; }

 private:
  static Value read(const std::filesystem::path& path) {
    const SourceId source = intern_source({path.filename().string(), "", ""});
    return yaml::parse(read_file(path.string()), {.source = source}).value;
  }

  static Fleet fleet_of(const std::filesystem::path& folder,
                        const std::filesystem::path& collection) {
    const std::filesystem::path own = folder / "secrets.yaml";
    const std::string text =
        read_file((std::filesystem::exists(own) ? own : collection / "secrets.yaml").string());
    return Fleet(cells_from_secrets(yaml::parse_stream(text).documents, {}).cells);
  }

  Value set_;
  Fleet fleet_;
  std::unique_ptr<Repositories> repository_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<ArgoObjects> objects_;
  GeneratorInputs inputs_;
};

}  // namespace celldrift::fleet::test
