#include "app/message_desk.h"

#include <algorithm>
#include <cctype>

#include "base/log.h"
#include "jobs/shipments.h"

namespace app {
namespace {

using server::http::Request;
using server::http::Response;

Response plain(int status, const std::string& error) {
  Response response;
  response.status = status;
  response.body = "{\"error\":\"" + error + "\"}";
  return response;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

connectors::WebhookRequest raw(const Request& request, const std::string& url) {
  connectors::WebhookRequest out;
  out.url = url;
  for (const auto& [name, value] : request.headers) out.headers[lower(name)] = value;
  out.body = request.body;
  return out;
}

std::optional<jobs::NewJob> job_for(const connectors::WebhookEvent& event,
                                    const catalog::AccountId& account, base::Instant now) {
  switch (event.kind) {
    case connectors::WebhookKind::order:
      if (event.order_id.empty()) return jobs::NewJob{jobs::JobKind::pull_orders, account, {}, now};
      return jobs::NewJob{jobs::JobKind::fetch_order, account, event.order_id, now};
    case connectors::WebhookKind::listing:
      return jobs::NewJob{jobs::JobKind::read_back, account, {}, now};
    case connectors::WebhookKind::after_sale:
      return jobs::NewJob{jobs::JobKind::pull_returns, account, {}, now};
    case connectors::WebhookKind::ping:
    case connectors::WebhookKind::consent:
    case connectors::WebhookKind::other:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Response MessageDesk::answer(const Request& request) {
  if (request.method != "POST") return plain(405, "method_not_allowed");
  const auto name = std::string_view(request.path).substr(kPath.size());
  const catalog::AccountId id{std::string(name)};
  if (const auto* carrier = wiring_.services().carrier(id)) {
    return answer_carrier(request, *carrier);
  }
  const auto* channel = wiring_.services().channel(id);
  auto* port = channel == nullptr ? nullptr : channel->connector->webhooks();
  if (port == nullptr) return plain(404, "not_found");
  if (request.body.size() > connectors::kWebhookBytesMax) return plain(413, "too_large");
  const auto event = port->verify(raw(request, channel->hook_url));
  if (!event) {
    const bool forged = event.error().code == base::ErrorCode::unauthorized;
    base::log_event(base::Level::warning, "message_refused",
                    {{"account", channel->account.text}, {"class", to_string(event.error().code)}});
    return forged ? plain(401, "unauthorized") : plain(400, "invalid");
  }
  if (event.value().kind != connectors::WebhookKind::ping && !keep(*channel, event.value())) {
    return plain(503, "not_kept");
  }
  const auto acknowledgement = port->acknowledgement();
  Response response;
  response.status = acknowledgement.status;
  response.body = acknowledgement.body;
  return response;
}

Response MessageDesk::answer_carrier(const Request& request, const jobs::CarrierAccount& account) {
  if (request.body.size() > connectors::kWebhookBytesMax) return plain(413, "too_large");
  const auto reading = account.carrier->read_callback(raw(request, {}));
  if (!reading) {
    const bool forged = reading.error().code == base::ErrorCode::unauthorized;
    base::log_event(base::Level::warning, "message_refused",
                    {{"account", account.id.text}, {"class", to_string(reading.error().code)}});
    return forged ? plain(401, "unauthorized") : plain(400, "invalid");
  }
  if (!keep(account, reading.value())) return plain(503, "not_kept");
  const auto acknowledgement = account.carrier->acknowledgement();
  Response response;
  response.status = acknowledgement.status;
  response.body = acknowledgement.body;
  return response;
}

bool MessageDesk::keep(const jobs::CarrierAccount& account,
                       const connectors::carriers::CallbackReading& reading) {
  try {
    wiring_.store().write([&](jobs::Tables& tables) {
      const auto now = wiring_.clock().now();
      for (const auto& event : reading.events) {
        jobs::hear(tables, wiring_.services(), account, event, now);
      }
      const bool ours = std::any_of(
          reading.ask_about.begin(), reading.ask_about.end(), [&](const std::string& number) {
            return tables.catalog.shipments.tracked(account.id, number).has_value();
          });
      if (ours) tables.jobs.enqueue({jobs::JobKind::follow_parcels, account.id, {}, now}, now);
    });
  } catch (const std::exception& problem) {
    base::log_event(base::Level::error, "message_not_kept",
                    {{"account", account.id.text}, {"why", problem.what()}});
    return false;
  }
  return true;
}

bool MessageDesk::keep(const jobs::Channel& channel, const connectors::WebhookEvent& event) {
  try {
    wiring_.store().write([&](jobs::Tables& tables) {
      const auto now = wiring_.clock().now();
      if (!tables.inbox.keep(channel.account, event.event_id, now)) return;
      if (const auto job = job_for(event, channel.account, now)) tables.jobs.enqueue(*job, now);
    });
  } catch (const std::exception& problem) {
    base::log_event(base::Level::error, "message_not_kept",
                    {{"account", channel.account.text}, {"why", problem.what()}});
    return false;
  }
  return true;
}

}  // namespace app
