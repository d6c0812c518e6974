// The sample fleet: a manifests repo with a history, and three cells recorded from real API
// servers. It is built from testdata/demo and carried in the binary as a tar archive:
//
//   repo.git/      a bare repo, its objects loose
//   snapshots/     a snapshot per cell
//   now            the time that the demo plays at, so that its output is the same every time

#include "celldrift/core/text.hpp"
#include "celldrift/core/write_file.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/commands.hpp"
#include "cli/tar.hpp"
#include "cli/terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace celldrift::embedded {
extern const std::string_view demo_archive;
}

namespace celldrift::cli {
namespace {

namespace fs = std::filesystem;

// A folder of our own under $TMPDIR, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    fs::path base = fs::temp_directory_path(error);
    base = error ? "/tmp" : base;
    std::string path = (base / "celldrift-demo-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) {
      throw Error(ErrorCode::io,
                  "cannot make a temporary folder in " + base.string() + "; set TMPDIR");
    }
    path_ = path;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void unpack(std::string_view archive, const fs::path& folder) {
  for (const TarFile& file : read_tar(archive)) {
    const fs::path path = folder / file.path;
    fs::create_directories(path.parent_path());
    write_file(path.string(), file.content);
  }
  // Git wants these although nothing is in them.
  fs::create_directories(folder / "repo.git/refs/heads");
  fs::create_directories(folder / "repo.git/objects");
}

std::vector<std::string> snapshots_in(const fs::path& folder) {
  std::vector<std::string> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    paths.push_back(entry.path().string());
  }
  return paths;
}

}  // namespace

int demo(const Options& given) {
  const TemporaryFolder folder;
  unpack(embedded::demo_archive, folder.path());
  Options options = given;
  options.repo.repo = (folder.path() / "repo.git").string();
  options.fleet.snapshots = snapshots_in(folder.path() / "snapshots");
  options.fleet.config = "";
  options.now = parse_time(trim(read_file((folder.path() / "now").string()))).value_or(given.now);
  Audited audited = audit_fleet({.options = options, .config = {}});
  audited.report.manifests.repo = "the sample fleet";
  return conclude(audited, options);
}

}  // namespace celldrift::cli
