//! The plain structs that a developer would write by hand, as a floor: no unknown
//! keys, no open enums, no secrets, times as text.

// The names of the wire.
#![allow(missing_docs, non_snake_case)]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A history whose configurations stay text, as this crate's do.
#[derive(Deserialize, Serialize)]
pub struct History {
    pub item_id: String,
    pub item_name: String,
    pub processing_results: Vec<Run>,
}

#[derive(Deserialize, Serialize)]
pub struct Run {
    pub item_id: String,
    pub job_config: Box<RawValue>,
    pub job_type: String,
    pub output_s3_path: String,
    pub parameters_hash: String,
    pub processed_at: String,
    pub result_id: String,
}

macro_rules! plain {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Deserialize, Serialize)]
        pub struct $name {
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
        }
    };
}

plain! {
    /// A parse job.
    Record {
        correlation_id: String,
        job_name: String,
        parameters: Parameters,
        parent_job_execution_id: String,
        partitions: BTreeMap<String, String>,
        project_id: String,
        session_id: String,
        user_id: String,
        webhook_url: String,
    }
}

plain! {
    Webhook {
        webhook_events: Vec<String>,
        webhook_headers: BTreeMap<String, String>,
        webhook_output_format: String,
        webhook_signing_secret: String,
        webhook_url: String,
    }
}

plain! {
    Parameters {
        adaptive_long_table: bool,
        aggressive_table_extraction: bool,
        annotate_links: bool,
        annotate_revisions: bool,
        auto_mode: bool,
        auto_mode_configuration_json: String,
        auto_mode_trigger_on_image_in_page: bool,
        auto_mode_trigger_on_regexp_in_page: String,
        auto_mode_trigger_on_table_in_page: bool,
        auto_mode_trigger_on_text_in_page: String,
        azure_openai_api_version: String,
        azure_openai_deployment_name: String,
        azure_openai_endpoint: String,
        azure_openai_key: String,
        bbox_bottom: f64,
        bbox_left: f64,
        bbox_right: f64,
        bbox_top: f64,
        bounding_box: String,
        compact_markdown_table: bool,
        complemental_formatting_instruction: String,
        confidence_score_effort: String,
        content_guideline_instruction: String,
        continuous_mode: bool,
        custom_metadata: Map<String, Value>,
        disable_image_extraction: bool,
        disable_ocr: bool,
        disable_reconstruction: bool,
        do_not_cache: bool,
        do_not_unroll_columns: bool,
        enable_cost_optimizer: bool,
        extract_charts: bool,
        extract_layout: bool,
        extract_printed_page_number: bool,
        fast_mode: bool,
        formatting_instruction: String,
        gpt4o_api_key: String,
        gpt4o_mode: bool,
        guess_xlsx_sheet_name: bool,
        hide_footers: bool,
        hide_headers: bool,
        high_res_ocr: bool,
        html_make_all_elements_visible: bool,
        html_remove_fixed_elements: bool,
        html_remove_navigation_elements: bool,
        http_proxy: String,
        ignore_document_elements_for_layout_detection: bool,
        images_to_save: Vec<String>,
        inline_images_in_markdown: bool,
        input_s3_path: String,
        input_s3_region: String,
        input_url: String,
        internal_is_screenshot_job: bool,
        invalidate_cache: bool,
        is_formatting_instruction: bool,
        job_timeout_extra_time_per_page_in_seconds: f64,
        job_timeout_in_seconds: f64,
        keep_page_separator_when_merging_tables: bool,
        lang: String,
        languages: Vec<String>,
        layout_aware: bool,
        line_level_bounding_box: bool,
        markdown_table_multiline_header_separator: String,
        max_pages: i64,
        max_pages_enforced: i64,
        merge_tables_across_pages_in_markdown: bool,
        model: String,
        outlined_table_extraction: bool,
        output_pdf_of_document: bool,
        output_s3_path_prefix: String,
        output_s3_region: String,
        output_tables_as_HTML: bool,
        outputBucket: String,
        page_error_tolerance: f64,
        page_footer_prefix: String,
        page_footer_suffix: String,
        page_header_prefix: String,
        page_header_suffix: String,
        page_prefix: String,
        page_separator: String,
        page_suffix: String,
        parse_mode: String,
        parsing_instruction: String,
        pipeline_id: String,
        precise_bounding_box: bool,
        premium_mode: bool,
        presentation_out_of_bounds_content: bool,
        presentation_skip_embedded_data: bool,
        preserve_layout_alignment_across_pages: bool,
        preserve_very_small_text: bool,
        preset: String,
        priority: String,
        project_id: String,
        remove_hidden_text: bool,
        replace_failed_page_mode: String,
        replace_failed_page_with_error_message_prefix: String,
        replace_failed_page_with_error_message_suffix: String,
        resource_info: Map<String, Value>,
        save_images: bool,
        skip_diagonal_text: bool,
        specialized_chart_parsing_agentic: bool,
        specialized_chart_parsing_efficient: bool,
        specialized_chart_parsing_plus: bool,
        specialized_image_parsing: bool,
        spreadsheet_extract_sub_tables: bool,
        spreadsheet_force_formula_computation: bool,
        spreadsheet_include_hidden_sheets: bool,
        strict_mode_buggy_font: bool,
        strict_mode_image_extraction: bool,
        strict_mode_image_ocr: bool,
        strict_mode_reconstruction: bool,
        structured_output: bool,
        structured_output_json_schema: String,
        structured_output_json_schema_name: String,
        system_prompt: String,
        system_prompt_append: String,
        take_screenshot: bool,
        target_pages: String,
        tier: String,
        r#type: String,
        use_vendor_multimodal_model: bool,
        user_prompt: String,
        vendor_multimodal_api_key: String,
        vendor_multimodal_model_name: String,
        version: String,
        webhook_configurations: Vec<Webhook>,
        webhook_url: String,
    }
}
