// nongsan-sandbox: five marketplaces and two carriers on loopback, with a truth of their own.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/program_options.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "sandbox/carriers/carriers.h"
#include "sandbox/clerk/clerk.h"
#include "sandbox/control.h"
#include "sandbox/credentials.h"
#include "sandbox/faulty_handler.h"
#include "sandbox/json_tools.h"
#include "sandbox/lazada/lazada.h"
#include "sandbox/provincial/store.h"
#include "sandbox/shopee/shopee.h"

namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using web::json::value;

struct Arguments {
  fs::path state;
  std::uint16_t port_base = 18'080;
  std::uint64_t seed = 1;
  std::string faults;
};

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// Written beside, forced to disk, then renamed; readable by its owner only.
void write_private(const fs::path& path, const std::string& text) {
  const auto temporary = path.string() + ".tmp";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) throw std::runtime_error("cannot write " + path.string());
  const bool written = ::write(file, text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size()) &&
                       ::fsync(file) == 0;
  ::close(file);
  if (!written) throw std::runtime_error("cannot write " + path.string());
  fs::rename(temporary, path);
}

sandbox::Credentials load_credentials(const fs::path& path, sandbox::Dice& dice) {
  if (fs::exists(path)) {
    if (const auto json = sandbox::read_json(read_file(path))) {
      return sandbox::credentials_from(*json);
    }
  }
  return sandbox::make_credentials(dice);
}

class Host {
 public:
  explicit Host(const Arguments& arguments)
      : arguments_(arguments),
        context_(arguments.seed),
        credentials_(load_credentials(arguments.state / "credentials.json", context_.dice)),
        provincial_(sandbox::make_provincial(context_, credentials_.provincial)),
        lazada_(sandbox::make_lazada(context_, credentials_.lazada)),
        shopee_(sandbox::make_shopee(context_, credentials_.shopee)),
        voso_(sandbox::make_clerk(context_, "voso", arguments.state / "voso",
                                  sandbox::ExportStyle::plain)),
        postmart_(sandbox::make_clerk(context_, "postmart", arguments.state / "postmart",
                                      sandbox::ExportStyle::shop_heading)),
        viettelpost_(sandbox::make_viettelpost(context_, credentials_.viettelpost)),
        vnpost_(sandbox::make_vnpost(context_, credentials_.vnpost)),
        world_{context_,
               {provincial_.get(), voso_.get(), postmart_.get(), lazada_.get(), shopee_.get()},
               {voso_.get(), postmart_.get()}} {
    if (!arguments.faults.empty()) {
      const auto rules = sandbox::read_json(read_file(arguments.faults));
      if (!rules) throw std::runtime_error(arguments.faults + " is no JSON");
      context_.faults.set(*rules);
    }
    load_state();
    issue_codes();
  }

  void start() {
    add_server(0, [this](const auto& request) { return sandbox::control(world_, request); });
    add_server(1, sandbox::with_faults(*provincial_, context_));
    add_server(2, sandbox::with_faults(*lazada_, context_));
    add_server(3, sandbox::with_faults(*shopee_, context_));
    add_server(4, sandbox::with_faults(*viettelpost_, context_));
    add_server(5, sandbox::with_faults(*vnpost_, context_));
    std::cout << announcement().serialize() << std::endl;
  }

  void stop() {
    constexpr std::chrono::seconds kGrace{2};
    for (auto& server : servers_) server->stop(kGrace);
    save_state();
  }

 private:
  void add_server(int offset, server::http::Handler handler) {
    server::http::Config config;
    if (arguments_.port_base != 0) {
      config.port = static_cast<std::uint16_t>(arguments_.port_base + offset);
    }
    servers_.push_back(std::make_unique<server::http::HttpServer>(config, std::move(handler)));
    servers_.back()->start();
  }

  std::string url(std::size_t server) const {
    return "http://127.0.0.1:" + std::to_string(servers_[server]->port());
  }

  value announcement() const {
    value out;
    out["control"] = sandbox::js(url(0));
    out["provincial"] = sandbox::js(url(1));
    out["lazada"] = sandbox::js(url(2) + "/rest");
    out["shopee"] = sandbox::js(url(3));
    out["viettelpost"] = sandbox::js(url(4));
    out["vnpost"] = sandbox::js(url(5));
    out["voso"]["exchange"] = sandbox::js((arguments_.state / "voso").string());
    out["postmart"]["exchange"] = sandbox::js((arguments_.state / "postmart").string());
    return out;
  }

  void issue_codes() {
    credentials_.shopee.auth_code = shopee_->fresh_code().value();
    credentials_.lazada.auth_code = lazada_->fresh_code().value();
    write_private(arguments_.state / "credentials.json", to_json(credentials_).serialize() + "\n");
  }

  void load_state() {
    const auto path = arguments_.state / "state.json";
    if (!fs::exists(path)) return;
    const auto state = sandbox::read_json(read_file(path));
    if (!state) throw std::runtime_error(path.string() + " is damaged; remove it to start afresh");
    for (auto* channel : world_.channels) {
      if (state->has_field(channel->name())) channel->load(state->at(channel->name()));
    }
  }

  void save_state() const {
    value state = value::object();
    for (auto* channel : world_.channels) state[channel->name()] = channel->save();
    write_private(arguments_.state / "state.json", state.serialize());
  }

  const Arguments arguments_;
  sandbox::Context context_;
  sandbox::Credentials credentials_;
  std::unique_ptr<sandbox::Channel> provincial_;
  std::unique_ptr<sandbox::Channel> lazada_;
  std::unique_ptr<sandbox::Channel> shopee_;
  std::unique_ptr<sandbox::Clerk> voso_;
  std::unique_ptr<sandbox::Clerk> postmart_;
  std::unique_ptr<sandbox::Channel> viettelpost_;
  std::unique_ptr<sandbox::Channel> vnpost_;
  sandbox::World world_;
  std::vector<std::unique_ptr<server::http::HttpServer>> servers_;
};

po::options_description options_of(Arguments& arguments, std::string& state) {
  po::options_description options("nongsan-sandbox --state DIR [options]");
  options.add_options()("help", "show this help")("version", "show the version")(
      "state", po::value(&state), "folder for credentials, exchange folders and state")(
      "port-base", po::value(&arguments.port_base)->default_value(arguments.port_base),
      "control API; the next five ports follow. 0: any free ports")(
      "seed", po::value(&arguments.seed)->default_value(arguments.seed), "of keys and ids")(
      "faults", po::value(&arguments.faults), "fault plan, a JSON file");
  return options;
}

int run(int argc, char** argv) {
  Arguments arguments;
  std::string state;
  const auto options = options_of(arguments, state);
  po::variables_map given;
  namespace style = po::command_line_style;
  const auto plain = style::unix_style & ~style::allow_guessing;
  po::store(po::command_line_parser(argc, argv).options(options).style(plain).run(), given);
  po::notify(given);
  if (given.count("help") != 0) {
    std::cout << options << "\nExample: nongsan-sandbox --state var/sandbox --seed 7\n";
    return 0;
  }
  if (given.count("version") != 0) {
    std::cout << "nongsan-sandbox 0.1.0\n";
    return 0;
  }
  if (state.empty()) throw po::error("--state DIR is needed");
  arguments.state = fs::absolute(state);
  fs::create_directories(arguments.state);

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts
  signal(SIGPIPE, SIG_IGN);
  Host host(arguments);
  host.start();
  int received = 0;
  sigwait(&signals, &received);
  host.stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const po::error& wrong) {
    std::cerr << "nongsan-sandbox: " << wrong.what() << " (--help shows how)\n";
    return 2;
  } catch (const std::exception& problem) {
    std::cerr << "nongsan-sandbox: " << problem.what() << "\n";
    return 1;
  }
}
