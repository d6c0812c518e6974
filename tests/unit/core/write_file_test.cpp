#include "celldrift/core/write_file.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <unistd.h>

#include <filesystem>
#include <thread>

namespace celldrift {
namespace {

namespace fs = std::filesystem;

// A folder of its own, gone with it.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("celldrift-write-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }

  std::string operator/(const char* name) const { return (path_ / name).string(); }
  std::size_t files() const {
    return std::size_t(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

TEST_CASE("a file is replaced as a whole, and nothing is left beside it") {
  const Folder folder;
  write_file(folder / "report.json", "one");
  write_file(folder / "report.json", "two");
  CHECK(read_file(folder / "report.json") == "two");
  CHECK(folder.files() == 1);
}

TEST_CASE("what is its owner's is read by nobody else") {
  const Folder folder;
  write_file(folder / "a", "secret", Readers::owner);
  CHECK(fs::status(folder / "a").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a link stays one, and what it leads to is replaced") {
  const Folder folder;
  write_file(folder / "today.json", "old");
  fs::create_symlink("today.json", folder / "latest.json");
  write_file(folder / "latest.json", "new");
  CHECK(fs::is_symlink(folder / "latest.json"));
  CHECK(read_file(folder / "today.json") == "new");
  fs::create_symlink("tomorrow.json", folder / "next.json");
  write_file(folder / "next.json", "first");
  CHECK(read_file(folder / "tomorrow.json") == "first");
}

TEST_CASE("devices and pipes are written to, never replaced") {
  const Folder folder;
  write_file("/dev/null", "nothing");
  CHECK(fs::is_character_file("/dev/null"));
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = read_file(folder / "pipe"); });
  write_file(folder / "pipe", "through a pipe");
  reader.join();
  CHECK(got == "through a pipe");
  CHECK(fs::is_fifo(folder / "pipe"));
}

TEST_CASE("an error names the file") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(write_file(folder / "no/such/folder", "x"),
                       doctest::Contains("no/such/folder: No such file or directory"),
                       Error);
  CHECK_THROWS_AS(write_file(folder / ".", "x"), Error);
  CHECK(folder.files() == 0);
}

}  // namespace
}  // namespace celldrift
