"""What an installation tells those who run it: logs, figures for Prometheus, traces for OpenTelemetry."""
