// SPDX-License-Identifier: MIT
//
// A transfer: one request for the whole file, or one for each range, each answered by the bytes
// that lack, by a file that has changed, or by an error.

#include <new>
#include <optional>

#include "generated/hresults.h"
#include "stand-in/transfer/client.h"
#include "stand-in/transfer/http_error.h"
#include "stand-in/transfer/piece.h"
#include "stand-in/transfer/request.h"
#include "stand-in/transfer/temporary_file.h"
#include "stand-in/transfer/transfer.h"
#include "stand-in/transfer/version.h"

namespace dosvc_stand_in {
namespace {

// A file that changes more often while it is fetched cannot be had. No page says how often it is
// begun anew, and with which error it then fails.
constexpr int kMostBeginnings = 4;

constexpr DWORD kRangeNotSatisfiable = 416;  // no header of mingw-w64 has it

Result InvalidResponse() {
  return Failed(
      static_cast<std::uint32_t>(HRESULT_FROM_WIN32(ERROR_WINHTTP_INVALID_SERVER_RESPONSE)));
}

class Transfer {
 public:
  Transfer(const FileSource& source,
           Target& target,
           FileState& state,
           const Patience& patience,
           const HttpOptions& options)
      : target_(target),
        state_(state),
        patience_(patience),
        events_(patience.events),
        client_(patience, options),
        whole_(source.ranges.empty()),
        by_range_(source.by_range || !whole_),
        spans_(WantedSpans(source)) {}

  Result Run(const FileSource& source);

 private:
  // What comes of an answer.
  enum class Verdict {
    kGoOn,      // its body is the piece that was asked for
    kWhole,     // its body is the file from its start
    kEmpty,     // nothing is in the file
    kBeginNew,  // the bytes at hand are of another version: ask for the first ones again
    kRefused,   // result says why
  };
  struct Judgement {
    Verdict verdict;
    Result result = {};
  };

  Headers HeadersFor(const Span& piece) const;
  Judgement Judge(const Answer& answer, const Span& piece) const;
  Judgement JudgeWhole(const Answer& answer) const;
  Judgement JudgeUnsatisfiable(const Answer& answer) const;
  Judgement JudgePart(const Answer& answer, const Span& piece) const;
  Result FetchPiece(const Span& piece);
  Result Begin(const Answer& answer);
  Result ReadBody(HttpRequest& request, std::uint64_t length);
  bool IsDone() const { return state_.done == state_.total; }
  void Forget();

  Target& target_;
  FileState& state_;
  const Patience patience_;
  TransferEvents& events_;
  Client client_;
  const bool whole_;
  const bool by_range_;
  const std::vector<Span> spans_;
  int beginnings_ = 0;
};

Result Transfer::Run(const FileSource& source) {
  const auto opened = target_.Open(state_.done);
  if (FAILED(opened)) return LocalFailure(opened);
  if (IsDone()) return {};
  if (patience_.stop.Requested()) return {Outcome::kStopped, S_OK, false};
  const auto connected = client_.Connect(source.url);
  if (connected.outcome != Outcome::kDone) return connected;
  while (!IsDone()) {
    const auto piece = NextPiece(spans_, state_.done, state_.remote_size);
    if (!piece) break;
    const auto fetched = FetchPiece(*piece);
    if (fetched.outcome != Outcome::kDone) return fetched;
  }
  return {};
}

Headers Transfer::HeadersFor(const Span& piece) const {
  if (!by_range_ && state_.done == 0) return {};
  const auto last =
      piece.length == kToEnd ? std::wstring() : std::to_wstring(piece.offset + piece.length - 1);
  return {{L"Range", L"bytes=" + std::to_wstring(piece.offset) + L"-" + last}};
}

Transfer::Judgement Transfer::Judge(const Answer& answer, const Span& piece) const {
  switch (answer.status) {
    case HTTP_STATUS_OK:
      // Also in answer to a Range, by a server that sends nothing but all of it. No request of the
      // service that somebody published has an If-Range, which would bring a file that has changed.
      if (!by_range_) return JudgeWhole(answer);
      // DOC: IBackgroundCopyJob3::AddFileWithRanges, Remarks; "Delivery Optimization Return
      // Values", which has the code:
      // learn.microsoft.com/windows/win32/delivery_optimization/do-return-values
      return {Verdict::kRefused, Failed(dosvc::abi::DO_E_INSUFFICIENT_RANGE_SUPPORT)};
    case HTTP_STATUS_PARTIAL_CONTENT:
      return JudgePart(answer, piece);
    case kRangeNotSatisfiable:
      return JudgeUnsatisfiable(answer);
    default:
      return {Verdict::kRefused, OfStatus(answer.status)};
  }
}

// Where a body without a length ends, its end cannot be told from a cut, so it is never taken.
// DOC: MicrosoftDocs/msix-docs#445, #176 and microsoft/winget-pkgs#258740: without Content-Length,
// ERROR_WINHTTP_HEADER_NOT_FOUND. "HTTP Requirements for BITS Downloads" demands the header, too:
// learn.microsoft.com/windows/win32/bits/http-requirements-for-bits-downloads
Transfer::Judgement Transfer::JudgeWhole(const Answer& answer) const {
  if (answer.content_length != kUnknownSize) return {Verdict::kWhole};
  return {Verdict::kRefused, OfWinHttp(ERROR_WINHTTP_HEADER_NOT_FOUND, 0)};
}

Transfer::Judgement Transfer::JudgeUnsatisfiable(const Answer& answer) const {
  if (state_.done > 0) {
    const bool same = state_.remote_size != kUnknownSize && answer.size == state_.remote_size;
    if (whole_ || !same) return {Verdict::kBeginNew};
  }
  // A file with nothing in it has no range.
  if (whole_ && by_range_ && answer.size == 0) return {Verdict::kEmpty};
  // DOC: as in Judge: "One of the ranges is outside the boundaries of the remote file."
  if (!whole_) return {Verdict::kRefused, Failed(dosvc::abi::DO_E_INVALID_RANGE)};
  return {Verdict::kRefused, OfStatus(answer.status)};
}

Transfer::Judgement Transfer::JudgePart(const Answer& answer, const Span& piece) const {
  const bool asked = by_range_ || state_.done > 0;
  const bool placed = answer.first == piece.offset && answer.last != kUnknownSize;
  // Several ranges in one body, or others than were asked for.
  // DOC: as in Judge: servers that consolidate ranges are not supported,
  // BG_E_INVALID_SERVER_RESPONSE. Delivery Optimization has no code of its own for it: WinHTTP's
  // says the same.
  if (!asked || !placed || answer.last - answer.first >= piece.length) {
    return {Verdict::kRefused, InvalidResponse()};
  }
  if (state_.done > 0 && !IsSameVersion(state_, answer)) return {Verdict::kBeginNew};
  if (!FitInto(spans_, answer.size)) {
    return {Verdict::kRefused, Failed(dosvc::abi::DO_E_INVALID_RANGE)};
  }
  return {Verdict::kGoOn};
}

Result Transfer::FetchPiece(const Span& piece) {
  std::optional<HttpRequest> request;
  Answer answer;
  const auto asked = client_.Ask(HeadersFor(piece), request, answer);
  if (asked.outcome != Outcome::kDone) return asked;
  const auto [verdict, refused] = Judge(answer, piece);
  switch (verdict) {
    case Verdict::kRefused:
      return refused;
    case Verdict::kBeginNew:
      Forget();
      return ++beginnings_ < kMostBeginnings ? Result{} : InvalidResponse();
    case Verdict::kEmpty:
      return Begin(answer);
    case Verdict::kWhole:
      Forget();
      answer.size = answer.content_length;
      break;
    case Verdict::kGoOn:
      // To the end of a file whose size is not said: it ends there.
      if (answer.size == kUnknownSize && piece.length == kToEnd) answer.size = answer.last + 1;
      break;
  }
  const auto begun = Begin(answer);
  return begun.outcome == Outcome::kDone ? ReadBody(*request, answer.Length()) : begun;
}

// The state is told before the file changes: one that is kept never counts bytes of two versions.
Result Transfer::Begin(const Answer& answer) {
  if (state_.done == 0 || !answer.etag.empty()) state_.etag = answer.etag;
  if (state_.done == 0 || !answer.last_modified.empty()) {
    state_.last_modified = answer.last_modified;
  }
  if (answer.size != kUnknownSize) state_.remote_size = answer.size;
  state_.total = TotalOf(spans_, state_.remote_size);
  state_.final_url = client_.final_url();
  events_.Answered(state_, answer.headers);
  if (state_.done > 0) return {};
  const auto cleared = target_.Clear();
  return SUCCEEDED(cleared) ? Result{} : LocalFailure(cleared);
}

Result Transfer::ReadBody(HttpRequest& request, std::uint64_t length) {
  while (length > 0) {
    const unsigned char* bytes = nullptr;
    std::uint32_t size = 0;
    const auto read = request.Read(bytes, size);
    if (read.outcome != Outcome::kDone) return read;
    // The connection was cut.
    if (size == 0) return OfWinHttp(ERROR_WINHTTP_CONNECTION_ERROR, 0);
    if (size > length) size = static_cast<std::uint32_t>(length);
    length -= size;
    const auto written = target_.Append(bytes, size);
    if (FAILED(written)) return LocalFailure(written);
    state_.done += size;
    events_.Progressed(state_);
  }
  return {};
}

void Transfer::Forget() {
  state_.done = 0;
  state_.total = state_.remote_size = kUnknownSize;
  state_.etag.clear();
  state_.last_modified.clear();
}

}  // namespace

Result Fetch(const FileSource& source,
             Target& target,
             FileState& state,
             const Limits& limits,
             const HttpOptions& options,
             TransferEvents& events,
             const Stop& stop) {
  try {
    Transfer transfer(source, target, state, {limits.no_progress, events, stop}, options);
    return transfer.Run(source);
  } catch (const std::bad_alloc&) {
    return LocalFailure(E_OUTOFMEMORY);
  } catch (...) {
    return LocalFailure(E_UNEXPECTED);
  }
}

Result Fetch(const FileSource& source,
             FileState& state,
             const Limits& limits,
             const HttpOptions& options,
             TransferEvents& events,
             const Stop& stop) {
  TemporaryFile file(source.temporary_path);
  return Fetch(source, file, state, limits, options, events, stop);
}

}  // namespace dosvc_stand_in
