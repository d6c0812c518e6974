// Goes through Applications that make Applications, level by level.
#pragma once

#include "cli/app_graph.hpp"
#include "cli/app_of_apps.hpp"
#include "cli/argo_objects.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::cli {

// What it is made of must outlive it.
class Exploration {
 public:
  Exploration(const Workshop& workshop,
              const fleet::Declared& declared,
              const fleet::Fleet& fleet,
              const fleet::GeneratorInputs& inputs,
              const std::string& controller_ns);

  // Whether any Application makes another, or renders the file of a declared one.
  bool is_needed(const fleet::Expansion& plain);
  // What is_needed() could not render.
  const std::vector<Problem>& doubts() const { return doubts_; }

  // Once; after it, nothing else.
  Expanded run();

 private:
  // What one Application renders, as far as it concerns us.
  struct Sight {
    std::set<std::string> files;
    std::vector<Value> made;  // for Argo CD's own cluster, with their namespaces
    std::optional<Problem> problem;
  };

  // One Argo CD object, and what came of it.
  struct Object {
    Value value;  // with its namespace
    std::size_t depth = 0;
    std::set<std::string> files;  // that its Applications render
    // The children, and which of its Applications made them.
    std::map<std::size_t, std::string> made;
    std::vector<std::string> source_paths;
    std::vector<Problem> problems;
  };

  // An Application and the object that it comes of.
  struct Lead {
    std::size_t object;
    fleet::Application application;
  };

  std::optional<std::size_t> add(const Value& value, std::size_t depth, bool is_declared);
  static bool is_read_by(const std::string& path, const fleet::Application& application);
  bool reads_declared(const fleet::Application& application) const;

  // Whether it may make others, or render files of declared ones.
  bool matters(const fleet::Application& application) const;

  // One level of them at once.
  void explore(std::size_t begin, std::size_t end);
  std::vector<Sight> look_into(const std::vector<Lead>& leads) const;
  Sight look_into_one(const fleet::Application& application) const;
  void take(const Lead& lead, const Sight& sight);

  std::vector<Problem>& doubts_of(const Lead& lead) { return doubts_by_object_[lead.object]; }

  void link_readers();
  Expanded result();

  // A file that does not parse by itself, such as a template of a chart, is told of where its
  // Application is rendered.
  void add_declared_problems(const std::vector<std::string>& rendered_paths,
                             fleet::Declared& declared) const;
  void name_parents(const std::vector<bool>& exists, fleet::Expansion& expansion) const;

  const Workshop& workshop_;
  const fleet::Declared& declared_;
  const fleet::Fleet& fleet_;
  const fleet::GeneratorInputs& inputs_;
  const std::string controller_ns_;
  std::set<std::string> namespaces_;         // where Argo CD looks for Applications
  std::vector<std::string> declared_paths_;  // broken ones among them
  std::set<std::string> declared_files_;
  std::vector<Object> objects_;
  std::vector<AppNode> nodes_;  // of the same numbers
  std::map<ArgoId, std::vector<std::size_t>> by_id_;
  std::map<std::size_t, std::vector<Problem>> doubts_by_object_;
  std::vector<Problem> doubts_;
  std::vector<Problem> problems_;
};

}  // namespace celldrift::cli
