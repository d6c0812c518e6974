// The commands. Each returns its exit code and throws Error for what stops it.
#pragma once

#include "cli/options.hpp"

#include <string>

namespace celldrift::cli {

int check(const Options& options);
// Writes a report where the options say, and returns the exit code that it comes to.
int conclude(const audit::Report& report, const Options& options);
int apps(const Options& options);
int cells(const Options& options);
int demo(const Options& options);
int version();

struct RenderOptions {
  std::string path;  // of one local source; "" renders every Application
  std::string type;  // "" detects it as Argo CD does
};
int render(const Options& options, const RenderOptions& what);

struct SnapshotOptions {
  std::string context;
  std::string name;  // of the cell; "" is the context's
  std::string output;
};
int snapshot(const Options& options, const SnapshotOptions& what);

}  // namespace celldrift::cli
