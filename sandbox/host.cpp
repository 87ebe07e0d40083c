#include "sandbox/host.h"

#include <thread>

#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/signing.h"
#include "sandbox/clerk/clerk.h"
#include "sandbox/control.h"
#include "sandbox/credentials.h"
#include "sandbox/faulty_handler.h"
#include "sandbox/json_tools.h"
#include "sandbox/lazada/lazada.h"
#include "sandbox/provincial/store.h"
#include "sandbox/shopee/shopee.h"
#include "sandbox/state_files.h"

namespace sandbox {

using web::json::value;

namespace {

constexpr const char* kCredentialsFile = "credentials.json";
constexpr const char* kStateFile = "state.json";
constexpr std::size_t kBodyBytesMax = 16U << 20U;  // pictures are uploaded
constexpr std::chrono::seconds kGrace{2};
constexpr std::chrono::milliseconds kPostmanRests{50};

// Every start throws other dice, so that ids and codes of an earlier run never come again.
std::uint64_t seed_of_start(std::uint64_t seed, std::int64_t starts) {
  constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15ULL;
  return seed + static_cast<std::uint64_t>(starts) * kGoldenRatio;
}

Credentials credentials_in(const StateFolder& folder, Dice& dice) {
  const auto kept = folder.read(kCredentialsFile);
  auto out = kept ? credentials_from(*kept) : make_credentials(dice);
  if (out.vnpost.signing_key.empty()) out.vnpost.signing_key = carriers::new_signing_key();
  if (out.viettelpost.webhook_token.empty()) {
    constexpr std::size_t kTokenLength = 32;
    out.viettelpost.webhook_token = dice.alphanumeric(kTokenLength);
  }
  return out;
}

}  // namespace

class Host::Impl {
 public:
  explicit Impl(const HostSetup& setup)
      : setup_(setup),
        folder_(setup.state),
        saved_(folder_.read(kStateFile).value_or(value::object())),
        starts_(integer_in(saved_, "starts").value_or(0)),
        context_(seed_of_start(setup.seed, starts_)),
        credentials_(credentials_in(folder_, context_.dice)),
        provincial_(make_provincial(context_, credentials_.provincial)),
        lazada_(make_lazada(context_, credentials_.lazada)),
        shopee_(make_shopee(context_, credentials_.shopee)),
        viettelpost_(make_viettelpost(context_, credentials_.viettelpost)),
        vnpost_(make_vnpost(context_, credentials_.vnpost)),
        voso_(make_clerk(context_, "voso", folder_.path() / "voso", ExportStyle::plain,
                         setup.clerk_every)),
        postmart_(make_clerk(context_, "postmart", folder_.path() / "postmart",
                             ExportStyle::shop_heading, setup.clerk_every)),
        world_{context_,
               {provincial_.get(), voso_.get(), postmart_.get(), lazada_.get(), shopee_.get()},
               {viettelpost_.get(), vnpost_.get()},
               {voso_.get(), postmart_.get()},
               unserved_,
               [this] { issue_codes(); }} {
    // Every key exists before the servers' threads run: they only look up.
    for (const auto* channel : world_.all()) unserved_[channel->name()];
    if (!setup.faults.empty()) context_.faults.set(read_json_file(setup.faults));
    load();
    issue_codes();
  }

  value start() {
    add_server(0, [this](const auto& request) { return control(world_, request); });
    int offset = 1;
    for (auto* channel :
         {provincial_.get(), lazada_.get(), shopee_.get(), viettelpost_.get(), vnpost_.get()}) {
      add_server(offset++, with_faults(*channel, context_, &unserved_.at(channel->name())));
    }
    // One each: a seller's slow address must not hold up the other channel's messages.
    for (Channel* channel :
         {provincial_.get(), lazada_.get(), shopee_.get(), viettelpost_.get(), vnpost_.get()}) {
      postmen_.emplace_back([channel](const std::stop_token& stopped) {
        while (!stopped.stop_requested()) {
          channel->tick();
          channel->deliver_pushes();
          std::this_thread::sleep_for(kPostmanRests);
        }
      });
    }
    return announcement();
  }

  void tick() {
    for (auto* clerk : world_.clerks) clerk->tick();
  }

  void stop() {
    for (auto& server : servers_) server->stop(kGrace);
    servers_.clear();
    postmen_.clear();  // asks each to stop and waits for its last attempt
    save();
  }

 private:
  void add_server(int offset, server::http::Handler handler) {
    server::http::Config config;
    config.limits.body_bytes_max = kBodyBytesMax;
    if (setup_.port_base != 0) {
      config.port = static_cast<std::uint16_t>(setup_.port_base + offset);
    }
    servers_.push_back(std::make_unique<server::http::HttpServer>(config, std::move(handler)));
    servers_.back()->start();
  }

  std::string url(std::size_t server) const {
    return "http://127.0.0.1:" + std::to_string(servers_[server]->port());
  }

  value announcement() const {
    value out;
    out["control"] = js(url(0));
    out["provincial"] = js(url(1));
    out["lazada"] = js(url(2) + "/rest");
    out["shopee"] = js(url(3));
    out["viettelpost"] = js(url(4));
    out["vnpost"] = js(url(5));
    for (const char* market : {"voso", "postmart"}) {
      out[market]["exchange"] = js((folder_.path() / market).string());
    }
    return out;
  }

  void issue_codes() {
    credentials_.shopee.auth_code = shopee_->fresh_code().value();
    credentials_.lazada.auth_code = lazada_->fresh_code().value();
    folder_.write(kCredentialsFile, to_json(credentials_));
  }

  void load() {
    if (!saved_.has_object_field("channels")) return;
    context_.clock.advance(base::Millis{integer_in(saved_, "clock_offset_ms").value_or(0)});
    const auto& channels = saved_.at("channels");
    for (auto* channel : world_.all()) {
      if (channels.has_field(channel->name())) channel->load(channels.at(channel->name()));
    }
  }

  void save() const {
    value state;
    state["starts"] = jn(starts_ + 1);
    state["clock_offset_ms"] = jn(context_.clock.offset().count());
    state["channels"] = value::object();
    for (auto* channel : world_.all()) state["channels"][channel->name()] = channel->save();
    folder_.write(kStateFile, state);
  }

  const HostSetup setup_;
  const StateFolder folder_;
  const value saved_;
  const std::int64_t starts_;
  Context context_;
  Credentials credentials_;
  std::map<std::string, CallLog> unserved_;
  std::unique_ptr<Channel> provincial_;
  std::unique_ptr<Channel> lazada_;
  std::unique_ptr<Channel> shopee_;
  std::unique_ptr<Channel> viettelpost_;
  std::unique_ptr<Channel> vnpost_;
  std::unique_ptr<Clerk> voso_;
  std::unique_ptr<Clerk> postmart_;
  World world_;
  std::vector<std::unique_ptr<server::http::HttpServer>> servers_;
  std::vector<std::jthread> postmen_;
};

Host::Host(const HostSetup& setup) : impl_(std::make_unique<Impl>(setup)) {}
Host::~Host() = default;
value Host::start() {
  return impl_->start();
}
void Host::tick() {
  impl_->tick();
}
void Host::stop() {
  impl_->stop();
}

}  // namespace sandbox
