# Sourced by the scripts beside it, from the root of the checkout.

# Stops with a sentence where the .NET 10 SDK is missing.
need_sdk() {
  if ! command -v dotnet >/dev/null 2>&1; then
    for place in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
      if [ -n "$place" ] && [ -x "$place/dotnet" ]; then
        PATH="$place:$PATH"; export PATH
        break
      fi
    done
  fi
  case "$(dotnet --version 2>/dev/null || true)" in
    10.*) ;;
    *)
      echo "The .NET 10 SDK is missing. On Debian: apt-get install dotnet-sdk-10.0 from Microsoft's repository," >&2
      echo "or see https://dotnet.microsoft.com/download/dotnet/10.0. Then run this again." >&2
      exit 1 ;;
  esac
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# need_packages PACKAGE...: installs what is missing of Debian's packages, or says what to install.
need_packages() {
  missing=""
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing programs, by their Debian names:$missing. Install them by hand." >&2
    return 1
  fi
  if [ "$(id -u)" = 0 ]; then sudo=""
  elif sudo -n true 2>/dev/null; then sudo="sudo"
  else
    echo "Missing Debian packages; run: sudo apt-get install$missing" >&2
    return 1
  fi
  echo "Installing Debian packages:$missing"
  # shellcheck disable=SC2086
  { $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
    { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; }; }
}

# build PROJECT...: builds, and shows only what went wrong.
build() {
  for target in "$@"; do
    dotnet build "$target" -c Release -v q -nologo -clp:"ErrorsOnly;NoSummary" || return 1
  done
}
