#include "celldrift/git/repository.hpp"
#include "git/credentials.hpp"
#include "sandbox.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>

#include <thread>

// libssh2 loses a packet of 68 bytes when it leaves a session whose host it does not know.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:_libssh2_transport_read";
}

namespace celldrift::git {

namespace {

constexpr const char* sshd = "/usr/sbin/sshd";

void make_key(const fs::path& path,
              const std::string& passphrase = "",
              const std::string& more = "") {
  run("ssh-keygen -q -t ed25519 -C test -N '" + passphrase + "' " + more + " -f '" + path.string() +
      "'");
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

int connect_to(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int number = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const void* generic = &address;
  const int status = connect(number, static_cast<const sockaddr*>(generic), sizeof address);
  close(number);
  return status;
}

int free_port() {
  return std::stoi(
      run("python3 -c 'import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); "
          "print(s.getsockname()[1])'"));
}

// A real OpenSSH server for this user, with keys of its own.
class SshServer {
 public:
  SshServer() : folder_(sandbox.fresh("sshd")), port_(free_port()) {
    make_key(folder_ / "host");
    make_key(folder_ / "user");
    std::error_code error;
    fs::create_directories("/run/sshd", error);  // root's sshd wants it, others need it not
    write(folder_ / "authorized", text_of(folder_ / "user.pub"));
    write(folder_ / "config",
          "Port " + std::to_string(port_) + "\nListenAddress 127.0.0.1\nHostKey " +
              (folder_ / "host").string() + "\nAuthorizedKeysFile " +
              (folder_ / "authorized").string() +
              "\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile none\n"
              "PermitRootLogin prohibit-password\n");
    process_ = fork();
    if (process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // also when a test is killed
      const int null = ::open("/dev/null", O_RDWR);
      dup2(null, STDERR_FILENO);
      execl(sshd, sshd, "-D", "-e", "-f", (folder_ / "config").c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 100 && connect_to(port_) != 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  SshServer(const SshServer&) = delete;
  SshServer& operator=(const SshServer&) = delete;
  ~SshServer() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }

  fs::path key() const { return folder_ / "user"; }
  std::string url(const fs::path& path) const {
    return "ssh://" + std::string(getpwuid(geteuid())->pw_name) +
           "@127.0.0.1:" + std::to_string(port_) + path.string();
  }
  std::string known_host(const fs::path& public_key) const {
    return "[127.0.0.1]:" + std::to_string(port_) + " " + text_of(public_key);
  }
  std::string known_host() const { return known_host(folder_ / "host.pub"); }

 private:
  fs::path folder_;
  int port_;
  pid_t process_ = 0;
};

}  // namespace

TEST_CASE("keys that need a passphrase are told from others") {
  const fs::path folder = sandbox.fresh("keys");
  make_key(folder / "plain");
  make_key(folder / "locked", "passphrase");
  make_key(folder / "locked-pem", "passphrase", "-t rsa -b 2048 -m PEM");
  make_key(folder / "plain-pem", "", "-t rsa -b 2048 -m PEM");
  CHECK_FALSE(needs_passphrase(text_of(folder / "plain")));
  CHECK_FALSE(needs_passphrase(text_of(folder / "plain-pem")));
  CHECK(needs_passphrase(text_of(folder / "locked")));
  CHECK(needs_passphrase(text_of(folder / "locked-pem")));
  CHECK_FALSE(needs_passphrase("no key"));
}

TEST_CASE("a repository is fetched over ssh" * doctest::skip(!fs::exists(sshd))) {
  const Repo repo;
  repo.write("a", "content");
  const std::string id = repo.commit("one");
  const SshServer server;
  const fs::path known_hosts = sandbox.home() / ".ssh/known_hosts";
  const std::string url = server.url(repo.path());
  const auto fetch_it = [&] {
    const auto repository = fetch(url, {.cache = sandbox.fresh("cache"), .revision = "main"});
    return *repository->tree(repository->resolve("main"))->read("a").text;
  };
  setenv("CELLDRIFT_SSH_KEY", server.key().c_str(), 1);
  write(known_hosts, server.known_host());

  SUBCASE("with a key") {
    CHECK(fetch_it() == "content");
  }
  SUBCASE("with the key of ~/.ssh") {
    unsetenv("CELLDRIFT_SSH_KEY");
    fs::copy_file(server.key(), sandbox.home() / ".ssh/id_ed25519");
    CHECK(fetch_it() == "content");
    fs::remove(sandbox.home() / ".ssh/id_ed25519");
  }
  SUBCASE("with the agent's key") {
    unsetenv("CELLDRIFT_SSH_KEY");
    const fs::path socket = sandbox.fresh("agent") / "socket";
    const std::string started = run("ssh-agent -a '" + socket.string() + "'");
    setenv("SSH_AUTH_SOCK", socket.c_str(), 1);
    run("ssh-add '" + server.key().string() + "'");
    CHECK(fetch_it() == "content");
    unsetenv("SSH_AUTH_SOCK");
    kill(std::stoi(started.substr(started.find("SSH_AGENT_PID=") + 14)), SIGTERM);
  }
  SUBCASE("not with a key that the server does not know") {
    const fs::path other = sandbox.fresh("other") / "key";
    make_key(other);
    setenv("CELLDRIFT_SSH_KEY", other.c_str(), 1);
    const std::string message = failure_of(fetch_it);
    CAPTURE(message);
    CHECK(contains(message, "it refused " + other.string()));
  }
  SUBCASE("not with a key that needs a passphrase") {
    const fs::path locked = sandbox.fresh("locked") / "key";
    make_key(locked, "passphrase");
    setenv("CELLDRIFT_SSH_KEY", locked.c_str(), 1);
    const std::string message = failure_of(fetch_it);
    CAPTURE(message);
    CHECK(contains(message, locked.string() + " needs a passphrase"));
    CHECK(contains(message, "load a key into the ssh agent"));
  }
  SUBCASE("not from a host that is unknown") {
    fs::remove(known_hosts);
    CHECK(contains(failure_of(fetch_it), "known_hosts"));
  }
  SUBCASE("not from a host with another key") {
    const fs::path other = sandbox.fresh("other") / "key";
    make_key(other);
    write(known_hosts, server.known_host(other.string() + ".pub"));
    CHECK(contains(failure_of(fetch_it), "known_hosts"));
  }
  unsetenv("CELLDRIFT_SSH_KEY");
  fs::remove(known_hosts);
}

}  // namespace celldrift::git
