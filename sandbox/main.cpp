// nongsan-sandbox: five marketplaces and two carriers on loopback, with a truth of their own.
#include <signal.h>
#include <time.h>

#include <boost/program_options.hpp>
#include <iostream>

#include "sandbox/host.h"

namespace {

namespace po = boost::program_options;

constexpr unsigned kPortBaseMax = 65'530;  // six ports
constexpr long kTickNs = 200'000'000;

struct CommandLine {
  std::string state;
  unsigned port_base = 18'080;
  std::uint64_t seed = 1;
  std::string faults;
  unsigned clerk_every_s = 0;
  bool help = false;
  bool version = false;
};

po::options_description options_of(CommandLine& line) {
  po::options_description options("nongsan-sandbox --state DIR [options]");
  options.add_options()("help", po::bool_switch(&line.help), "show this help")(
      "version", po::bool_switch(&line.version), "show the version")(
      "state", po::value(&line.state), "folder of credentials, exchange folders and state")(
      "port-base", po::value(&line.port_base)->default_value(line.port_base),
      "the control API's port; the channels' follow. 0: any free ports")(
      "seed", po::value(&line.seed)->default_value(line.seed), "of keys, codes and ids")(
      "faults", po::value(&line.faults), "fault plan, a JSON file")(
      "clerk-every", po::value(&line.clerk_every_s)->default_value(line.clerk_every_s),
      "driven seconds between two rounds of the clerks. 0: only when POST /clerk asks");
  return options;
}

CommandLine read_command_line(int argc, char** argv) {
  CommandLine line;
  const auto options = options_of(line);
  namespace style = po::command_line_style;
  po::variables_map given;
  po::store(po::command_line_parser(argc, argv)
                .options(options)
                .positional({})
                .style(style::unix_style & ~style::allow_guessing)
                .run(),
            given);
  po::notify(given);
  if (line.help) {
    std::cout << options << "\nExample: nongsan-sandbox --state var/sandbox --seed 7\n";
  } else if (line.version) {
    std::cout << "nongsan-sandbox " NONGSAN_VERSION "\n";
  } else if (line.state.empty()) {
    throw po::error("--state DIR is needed");
  } else if (line.port_base > kPortBaseMax) {
    throw po::error("--port-base must be at most " + std::to_string(kPortBaseMax));
  }
  return line;
}

// SIGTERM and SIGINT are waited for, never handled: blocked before any thread starts.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

int run(int argc, char** argv) {
  const auto line = read_command_line(argc, argv);
  if (line.help || line.version) return 0;
  const auto signals = block_stop_signals();
  sandbox::Host host({.state = std::filesystem::absolute(line.state).lexically_normal(),
                      .port_base = static_cast<std::uint16_t>(line.port_base),
                      .seed = line.seed,
                      .faults = line.faults,
                      .clerk_every = std::chrono::seconds{line.clerk_every_s}});
  std::cout << host.start().serialize() << std::endl;
  const timespec tick{0, kTickNs};
  while (sigtimedwait(&signals, nullptr, &tick) < 0) host.tick();
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
