// SPDX-License-Identifier: MIT
//
// What the service asks of its transfers: fetch one file over HTTP into its temporary file, or into
// whatever else takes bytes. A
// file's state is plain data that the caller keeps on disk: a process that dies at any moment goes
// on from the last state it kept, and no byte is lost or doubled.
#pragma once

#include <windows.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace dosvc_stand_in {

constexpr std::uint64_t kUnknownSize = UINT64_MAX;  // BG_SIZE_UNKNOWN
constexpr std::uint64_t kToEnd = UINT64_MAX;        // BG_LENGTH_TO_EOF

// Bytes of the remote file. Neither empty nor overlapping: the service has seen to that.
struct Span {
  std::uint64_t offset = 0;
  std::uint64_t length = kToEnd;
};

// What to fetch, and where to.
//
// Ranges lie in the local file one after another, in the order given: 100-199, 900-999 and 400-499
// make a file of 300 bytes.
// DOC: IBackgroundCopyJob3::AddFileWithRanges, Remarks,
// learn.microsoft.com/windows/win32/api/bits2_0/nf-bits2_0-ibackgroundcopyjob3-addfilewithranges
// (Delivery Optimization's page of that name does not say).
struct FileSource {
  std::wstring url;
  std::wstring
      temporary_path;        // of TemporaryFile::Create(); made here, hidden, where it is missing
  std::vector<Span> ranges;  // none: the whole file
  // The whole file, too, is asked for by a Range: a server that knows none will not do.
  bool by_range = false;
  // The size is asked for first, by HEAD.
  bool asks_size = false;
  // The size that is remembered instead, which is then not asked for, and believed.
  std::uint64_t known_size = kUnknownSize;
  std::uint64_t longest_piece = kToEnd;  // of one request
};

// How far it is. The caller keeps it, and may look inside. An empty one begins anew.
struct FileState {
  std::uint64_t done = 0;                    // of the wanted bytes, in order, in the temporary file
  std::uint64_t total = kUnknownSize;        // the wanted bytes
  std::uint64_t remote_size = kUnknownSize;  // the whole file's, ranges or not
  // The version of the remote file that the bytes are of.
  std::wstring etag;
  std::wstring last_modified;
  std::wstring final_url;  // where redirects led; empty before the first answer
};

struct Limits {
  // A transfer to which no byte comes for so long ends with kTransient, ERROR_WINHTTP_TIMEOUT. Not
  // a job's time without progress, which counts over many tries: under Wine, a thread of WinHTTP's
  // outlives a transfer that was stopped for as long.
  std::chrono::milliseconds no_progress{30'000};
};

using Headers = std::vector<std::pair<std::wstring, std::wstring>>;

// How the server is asked.
struct HttpOptions {
  std::wstring user_agent;
  Headers headers;
  Headers when_challenged;                // added when an answer is 401 or 407
  DWORD security_flags = 0;               // WINHTTP_OPTION_SECURITY_FLAGS
  bool revocation = false;                // of certificates is checked
  bool allows_insecure_redirect = false;  // from https to http
};

// An answer of the server, whatever it says of the file.
struct Response {
  DWORD status = 0;
  std::wstring headers;       // its raw lines
  std::wstring address;       // of the server; empty where WinHTTP does not tell
  std::wstring redirect_url;  // empty: there was no redirect
};

// Where the bytes go. Called on the thread of Fetch alone.
class Target {
 public:
  virtual ~Target() = default;
  // Goes on after `done` bytes. Gives `done`, or how much of that is really there.
  virtual HRESULT Open(std::uint64_t& done) = 0;
  // Nothing is in it any more.
  virtual HRESULT Clear() = 0;
  // After the bytes that are there.
  virtual HRESULT Append(const void* bytes, std::uint32_t size) = 0;
};

// Called on the thread of Fetch, with no lock held. They must not throw.
class TransferEvents {
 public:
  virtual ~TransferEvents() = default;

  // The server answered, be it with an error.
  virtual void Responded(const Response&) {}

  // The server's answer to a request, before a byte of it is written: once for each piece.
  // `state.done` may have gone back to 0: the remote file has changed, or the server does not
  // resume. The state must be on disk when this returns. `headers`: the answer's raw header lines,
  // as BITS_FILE_PROPERTY_ID_HTTP_RESPONSE_HEADERS.
  virtual void Answered(const FileState& state, const std::wstring& headers) = 0;

  // `state.done` bytes are in the file, where they outlive this process. To be kept now or later:
  // a state that is behind its file costs bytes sent again, and nothing else.
  virtual void Progressed(const FileState& state) = 0;

  // Asked whenever something came, and a few times a second while nothing does. True: the transfer
  // ends as if the network was gone.
  virtual bool NetworkLost() = 0;
};

enum class Outcome {
  kDone,       // state.done == state.total
  kStopped,    // by Stop
  kTransient,  // worth another Fetch with the same state, later
  kFailed,
};

struct Result {
  Outcome outcome = Outcome::kDone;
  HRESULT error = S_OK;  // where it is kTransient or kFailed
  bool local = false;    // the error is of the local file, not of the remote one
};

// Ends a Fetch from another thread, also one that waits for the network. Good for one Fetch, or for
// several that are to end together; it cannot be taken back.
class Stop {
 public:
  Stop();
  ~Stop();
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;

  void Request();  // [any]
  bool Requested() const { return WaitFor(std::chrono::milliseconds(0)); }
  // For the pause between two tries: true when it was requested before the time was up.
  bool WaitFor(std::chrono::milliseconds time) const;
  HANDLE event() const { return event_; }

 private:
  const HANDLE event_;
};

// Fetches what `state` lacks, on this thread, with one buffer of 64 KiB. `state` is up to date when
// it returns, and whenever an event is told. It throws nothing.
Result Fetch(const FileSource& source,
             Target& target,
             FileState& state,
             const Limits& limits,
             const HttpOptions& options,
             TransferEvents& events,
             const Stop& stop);

// The same, into the source's temporary file.
Result Fetch(const FileSource& source,
             FileState& state,
             const Limits& limits,
             const HttpOptions& options,
             TransferEvents& events,
             const Stop& stop);

}  // namespace dosvc_stand_in
